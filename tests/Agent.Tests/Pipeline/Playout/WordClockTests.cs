using Agent.Pipeline.Playout;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Pipeline.Playout;

public class WordClockTests
{
    private const int Rate = 16_000;

    private readonly WordClock _clock = new(Rate);

    [Fact]
    public void Update_ExactTimings_AreUsed()
    {
        _clock.Add("Hello big world.");
        _clock.Add([new WordTiming("Hello", S(0.0), S(0.4)), new WordTiming("big", S(1.0), S(1.2)), new WordTiming("world.", S(1.2), S(2.0))]);
        _clock.Update(2 * Rate, complete: true);
        Assert.Equal("", Heard(0.19));
        Assert.Equal("Hello", Heard(0.21));
        Assert.Equal("Hello", Heard(1.09));
        Assert.Equal("Hello big", Heard(1.11));
        Assert.Equal("Hello big world.", Heard(2.0));
    }

    [Fact]
    public void Update_NoTimings_FillTheWholeLengthOnceItIsKnown()
    {
        _clock.Add("cat dog bird fish");
        _clock.Update(4 * Rate, complete: true);
        Assert.Equal("cat", Heard(0.6));
        Assert.Equal("cat dog bird", Heard(2.6));
        Assert.Equal("cat dog bird fish", Heard(4));
    }

    [Fact]
    public void Update_LengthUnknown_EstimatesBySyllables()
    {
        _clock.Add("extraordinary cats");
        _clock.Update(0, complete: false);
        Assert.Equal("", Heard(0.3));
        Assert.Equal("extraordinary", Heard(0.8));
    }

    [Fact]
    public void Update_SoundLongerThanEstimated_IsStretched()
    {
        _clock.Add("one two");
        _clock.Update(0, complete: false);
        Assert.Equal("one two", Heard(1));
        _clock.Update(10 * Rate, complete: false);
        Assert.Equal("", Heard(1));
    }

    [Fact]
    public void Update_SomeTimings_TheRestFollowsThem()
    {
        _clock.Add("one two three");
        _clock.Add([new WordTiming("one", S(0), S(2))]);
        _clock.Update(3 * Rate, complete: true);
        Assert.Equal("", Heard(0.9));
        Assert.Equal("one", Heard(2.1));
        Assert.Equal("one two three", Heard(3));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("made", 1)]
    [InlineData("table", 1)]
    [InlineData("water", 2)]
    [InlineData("beautiful", 3)]
    [InlineData("café", 2)]
    [InlineData("2026", 6)]
    [InlineData("end.", 3)]
    public void Weigh_Words_CountsSyllables(string word, double expected) => Assert.Equal(expected, Syllables.Weigh(word), 1.01);

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    private string Heard(double seconds) => _clock.Timeline.Text(0, _clock.Timeline.HeardAt((long)(seconds * Rate)));
}
