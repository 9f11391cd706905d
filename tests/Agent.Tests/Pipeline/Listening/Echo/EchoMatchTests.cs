using Agent.Pipeline.Listening.Echo;
using Agent.Pipeline.Turns;

namespace Agent.Tests.Pipeline.Listening.Echo;

public class EchoMatchTests
{
    // A word each 0.3 s, the first in the middle at 10.15 s.
    private static readonly HeardWord[] s_sent = Words("Once upon a time there was a king. He had three sons", 10);

    [Theory]
    [InlineData("upon a time there was", 10.5, 12.0)]
    [InlineData("Upon a time, they're was", 10.5, 12.0)]
    [InlineData("one upon a timer there", 10.2, 11.9)]
    [InlineData("once", 10.3, 10.6)]
    [InlineData("a king", 12.1, 12.7)]
    public void IsEcho_SameWordsAtAboutTheSameTime_IsOne(string text, double start, double end) => Assert.True(IsEcho(text, start, end));

    [Theory]
    [InlineData("upon a time there was", 15.0, 16.5, "three seconds later")]
    [InlineData("was there time a upon", 10.5, 12.0, "in another order")]
    [InlineData("tell me about the weather", 10.5, 12.0, "other words")]
    [InlineData("king", 13.6, 13.9, "one word repeated more than a second later")]
    [InlineData("a queen", 12.1, 12.7, "half of two words")]
    [InlineData("no there was a frog and a king too I think", 10.9, 13.0, "a sentence that has words of it")]
    [InlineData("", 10.5, 11, "nothing")]
    public void IsEcho_OtherwiseThan_IsNone(string text, double start, double end, string why) => Assert.False(IsEcho(text, start, end), why);

    [Fact]
    public void IsEcho_NothingSent_IsNone() =>
        Assert.False(EchoMatch.IsEcho(["once"], TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11), []));

    private static bool IsEcho(string text, double start, double end) =>
        EchoMatch.IsEcho(SpokenWords.Split(text), TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), s_sent);

    private static HeardWord[] Words(string text, double from) =>
        [.. SpokenWords.Split(text).Select((word, i) => new HeardWord(word, TimeSpan.FromSeconds(from + (i + 0.5) * 0.3)))];
}
