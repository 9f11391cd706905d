using Agent.Pipeline.Playout;
using Agent.Pipeline.Speech;
using FsCheck;
using FsCheck.Fluent;

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
        _clock.Settle(2 * Rate);
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
        _clock.Settle(4 * Rate);
        Assert.Equal("cat", Heard(0.6));
        Assert.Equal("cat dog bird", Heard(2.6));
        Assert.Equal("cat dog bird fish", Heard(4));
    }

    [Fact]
    public void Update_LengthUnknown_EstimatesBySyllables()
    {
        _clock.Add("extraordinary cats");
        _clock.Update(0);
        Assert.Equal("", Heard(0.3));
        Assert.Equal("extraordinary", Heard(0.8));
    }

    [Fact]
    public void Update_SoundLongerThanEstimated_IsStretched()
    {
        _clock.Add("one two");
        _clock.Update(0);
        Assert.Equal("one two", Heard(1));
        _clock.Update(10 * Rate);
        Assert.Equal("", Heard(1));
    }

    [Fact]
    public void Update_SomeTimings_TheRestFollowsThem()
    {
        _clock.Add("one two three");
        _clock.Add([new WordTiming("one", S(0), S(2))]);
        _clock.Settle(3 * Rate);
        Assert.Equal("", Heard(0.9));
        Assert.Equal("one", Heard(2.1));
        Assert.Equal("one two three", Heard(3));
    }

    [Fact]
    public void BoundaryAt_InAWord_IsItsBeginning_AndBetweenWordsThePlaceItself()
    {
        _clock.Add("Hello big world.");
        _clock.Add([new WordTiming("Hello", S(0.2), S(0.4)), new WordTiming("big", S(1.0), S(1.2)), new WordTiming("world.", S(1.2), S(2.0))]);
        _clock.Settle(3 * Rate);
        Assert.Equal([0.1, 0.2, 0.6, 1.0, 1.2, 1.2, 2.5], new[] { 0.1, 0.3, 0.6, 1.1, 1.2, 1.9, 2.5 }.Select(Boundary));
        Assert.Equal([0.2, 1.0, 1.2], Enumerable.Range(0, 3).Select(word => _clock.Timeline.StartOf(word) / (double)Rate));
    }

    [Fact]
    public void BoundaryAt_Estimated_IsABeginningAndNeverAhead()
    {
        _clock.Add("one two six ten");
        _clock.Settle(4 * Rate);
        Assert.Equal([0, 0, 1, 3], new[] { 0, 0.9, 1.5, 3.9 }.Select(Boundary));
    }

    [Theory]
    [InlineData("It costs 5 dollars now", "It costs five dollars now")]
    [InlineData("It costs $3.50 in all and more", "It costs three dollars and fifty cents in all and more")]
    [InlineData("Well, then (as I said) go.", "Well , then ( as I said ) go .")]
    [InlineData("New York is far away", "New_York is far away")]
    [InlineData("Don't go there", "Don 't go there")]
    [InlineData("HELLO Big World", "hello big world")]
    [InlineData("你好世界，很好。", "你 好 世 界 很 好")]
    [InlineData("你好世界，很好。", "你好 世界 ， 很好 。")]
    public void Add_TimingsThatAreNotTheWordsOneByOne_StillTellWhenEachWordIsHeard(string text, string timed)
    {
        // Every timed word takes a second; the last word of the text must be heard with the last timed word and no second sooner.
        var words = timed.Split(' ').Select((word, i) => new WordTiming(word.Replace('_', ' '), S(i), S(i + 1))).ToList();
        _clock.Add(text);
        _clock.Add(words);
        _clock.Settle(words.Count * Rate);
        var last = words.FindLastIndex(word => word.Text.Any(char.IsLetterOrDigit));
        Assert.Equal(text, Heard(words.Count));
        Assert.NotEqual(text, Heard(last + 0.2));
        Assert.Equal(text, Heard(last + 0.9));
        Assert.StartsWith(text[..1], Heard(1.1), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_TimingsWithMissingWords_TheNeighboursShareTheTime()
    {
        _clock.Add("one two three four");
        _clock.Add([new WordTiming("one", S(0), S(1)), new WordTiming("four", S(3), S(4))]);
        _clock.Settle(4 * Rate);
        Assert.Equal("one", Heard(1.4));
        Assert.Equal("one two", Heard(1.6));
        Assert.Equal("one two three", Heard(2.6));
        Assert.Equal("one two three four", Heard(3.6));
    }

    [Fact]
    public void Add_TimingsOfSomethingElse_AreNotBelieved()
    {
        _clock.Add("cat dog");
        _clock.Add([new WordTiming("a", S(0), S(3)), new WordTiming("b", S(3), S(3.5))]);
        _clock.Settle(4 * Rate);
        Assert.Equal("cat", Heard(1.1));
        Assert.Equal("cat dog", Heard(3.1));
    }

    [Fact]
    public void Add_TimingsThatRunBackwards_DoNotTurnTimeBack()
    {
        _clock.Add("one two three");
        _clock.Add([new WordTiming("one", S(0), S(2)), new WordTiming("two", S(1), S(1.5)), new WordTiming("three", S(2), S(3))]);
        _clock.Settle(3 * Rate);
        var heard = Enumerable.Range(0, 300).Select(i => _clock.Timeline.HeardAt(i * Rate / 100)).ToList();
        Assert.Equal(heard.Order(), heard);
        Assert.Equal(3, heard[^1]);
    }

    [Fact]
    public void Update_SilenceBeforeTheVoice_IsNotTakenForWords()
    {
        var sound = new short[4 * Rate];
        sound.AsSpan(2 * Rate).Fill(1_000);
        _clock.Add("one two");
        _clock.Update(sound.AsSpan(0, Rate));
        _clock.Update(sound.AsSpan(Rate));
        _clock.Settle(4 * Rate);
        Assert.Equal("", Heard(2.4));
        Assert.Equal("one", Heard(2.6));
        Assert.Equal("one two", Heard(3.6));
        Assert.Equal(2.0, Boundary(2.3));
    }

    [Fact]
    public void EndPiece_EachPiece_IsRightAtItsEnd()
    {
        _clock.Add("one two");
        _clock.Add("three four");
        _clock.Update(8 * Rate);
        _clock.EndPiece();
        _clock.Update(9 * Rate);
        _clock.EndPiece();
        _clock.Settle(9 * Rate);
        Assert.Equal("one", Heard(5));
        Assert.Equal("one two", Heard(8));
        Assert.Equal("one two three", Heard(8.5));
        Assert.Equal("one two three four", Heard(9));
    }

    [Fact]
    public void Settle_ThenMoreText_FollowsItsOwnSound()
    {
        _clock.Add("one two");
        _clock.Settle(4 * Rate);
        _clock.Add("three four");
        _clock.Add([new WordTiming("one", S(4), S(5))]);
        Assert.Equal("one two", Heard(4));
        _clock.Settle(6 * Rate);
        Assert.Equal("one", Heard(2));
        Assert.Equal("one two three", Heard(5));
        Assert.Equal("one two three four", Heard(6));
    }

    [Fact]
    public void Update_AVoiceThatIsSlow_IsKnownAfterSomeWords()
    {
        _clock.Add("one two three four five six seven eight nine ten eleven twelve");
        _clock.Add([.. "one two three four five six seven eight nine ten".Split(' ').Select((word, i) => new WordTiming(word, S(i), S(i + 1)))]);
        _clock.Update(10 * Rate);
        Assert.EndsWith("ten", Heard(10.4), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("今天天气很好。我们去公园吧", "今天", 2)]
    [InlineData("iPhone很「好」用", "iPhone很", 2)]
    [InlineData("きょうはキャットが", "きょ", 1)]
    [InlineData("สวัสดีครับ", "สวัส", 3)]
    [InlineData("مرحبا كيف حالك", "مرحبا", 1)]
    [InlineData("שלום לך חבר", "שלום", 1)]
    public void Text_AnyScript_IsCutInsideALongSentenceAndNeverInsideACharacter(string text, string heard, int words)
    {
        _clock.Add(text);
        _clock.Settle(10 * Rate);
        Assert.Equal(heard, _clock.Timeline.Text(0, words));
        Assert.Equal(text, _clock.Timeline.Text(0, _clock.Timeline.Count));
        Assert.True(_clock.Timeline.Count > 2);
    }

    [Theory]
    [InlineData("Hello there.", "How are you?", "Hello there. How are you?")]
    [InlineData("Hello there.", " How are you?", "Hello there. How are you?")]
    [InlineData("今天很好。", "我们去吧。", "今天很好。我们去吧。")]
    [InlineData("今天很好。", " 我们去吧。", "今天很好。 我们去吧。")]
    public void Text_SeveralPieces_AreKeptApartAsTheirScriptWants(string first, string second, string expected)
    {
        _clock.Add(first);
        _clock.Add(second);
        _clock.Settle(Rate);
        Assert.Equal(expected, Heard(1));
    }

    [Fact]
    public void Timeline_AnyUpdates_NeverLosesAWordAndNeverRunsBackwards() =>
        Prop.ForAll<NonEmptyArray<byte>>(steps => HoldsThrough(steps.Get)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("a", 1)]
    [InlineData("made", 1)]
    [InlineData("table", 2)]
    [InlineData("one", 1)]
    [InlineData("the", 1)]
    [InlineData("water", 2)]
    [InlineData("beautiful", 3)]
    [InlineData("café", 2)]
    [InlineData("2026", 6)]
    [InlineData("end.", 1)]
    [InlineData("FBI", 3)]
    [InlineData("привет", 2)]
    [InlineData("καλημέρα", 4)]
    [InlineData("مرحبا", 2.5)]
    [InlineData("谢", 1)]
    [InlineData("안녕하세요", 5)]
    public void Weigh_Words_CountsSyllables(string word, double expected) => Assert.Equal(expected, Syllables.Weigh(word), 0.51);

    [Theory]
    [InlineData("end.", 2)]
    [InlineData("\"end.\"", 2)]
    [InlineData("well,", 1)]
    [InlineData("好。", 2)]
    [InlineData("word", 0)]
    public void Pause_Marks_MakeOne(string word, double expected) => Assert.Equal(expected, Syllables.Pause(word));

    private static bool HoldsThrough(byte[] steps)
    {
        var clock = new WordClock(100);
        var timed = 0;
        var at = 0;
        long length = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            switch (steps[i] % 5)
            {
                case 0: clock.Add($"word{i} next 很好"); break;
                case 1: clock.Add([new WordTiming($"word{timed++}", TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at += steps[i] % 3))]); break;
                case 2: clock.EndPiece(); break;
                case 3: clock.Update(length += steps[i]); break;
                default: clock.Settle(length); break;
            }

            var timeline = clock.Timeline;
            var heard = 0;
            for (var position = 0L; position < length + 50; position += 10)
            {
                var now = timeline.HeardAt(position);
                if (now < heard || timeline.BoundaryAt(position) > position || timeline.BoundaryAt(position) < 0)
                    return false;
                heard = now;
            }
        }

        clock.Settle(length);
        return clock.Timeline.HeardAt(length) == clock.Timeline.Count;
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    private double Boundary(double seconds) => _clock.Timeline.BoundaryAt((long)(seconds * Rate)) / (double)Rate;

    private string Heard(double seconds) => _clock.Timeline.Text(0, _clock.Timeline.HeardAt((long)(seconds * Rate)));
}
