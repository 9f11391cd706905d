using Agent.Providers.AzureSpeech.Synthesis;

namespace Agent.Tests.Providers.AzureSpeech;

public sealed class SpokenWordsTests
{
    [Theory]
    [InlineData("Hello, world! \"Yes\", she said (twice).", "Hello world Yes she said twice", "Hello, world! \"Yes\", she said (twice).")]
    [InlineData("A bad bat and a bad banana.", "A bad bat and a bad banana", "A bad bat and a bad banana.")]
    [InlineData("Tom & Jerry <3 you.", "Tom Jerry 3 you", "Tom Jerry <3 you.")]
    [InlineData("It is 10:30.", "It is 10:30", "It is 10:30.")]
    [InlineData("It costs $5 today.", "It costs $5 today", "It costs $5 today.")]
    public void Next_BareWords_HaveTheirPunctuation(string text, string words, string expected)
    {
        var spoken = new SpokenWords();
        spoken.Write(text);

        Assert.Equal(expected, string.Join(' ', words.Split(' ').Select(word => spoken.Next(word, TimeSpan.Zero, TimeSpan.Zero).Text)));
    }

    [Fact]
    public void Next_EscapedWord_IsFoundAsItWasWritten()
    {
        var spoken = new SpokenWords();
        spoken.Write("Ask AT&T, please.");

        Assert.Equal(["Ask", "AT&T,", "please."], new[] { "Ask", "AT&amp;T", "please" }.Select(word => spoken.Next(word, TimeSpan.Zero, TimeSpan.Zero).Text));
    }

    [Fact]
    public void Next_WordThatWasNotWritten_KeepsThePlace()
    {
        var spoken = new SpokenWords();
        spoken.Write("I have 2 cats.");

        Assert.Equal(["I", "have", "two", "cats."], new[] { "I", "have", "two", "cats" }.Select(word => spoken.Next(word, TimeSpan.Zero, TimeSpan.Zero).Text));
    }

    [Fact]
    public void Next_WordFarAhead_IsAnotherOne()
    {
        var spoken = new SpokenWords();
        spoken.Write($"{new string('x', 200)} two. Two.");

        Assert.Equal("two", spoken.Next("two", TimeSpan.Zero, TimeSpan.Zero).Text);
    }

    [Fact]
    public void Next_TextWrittenMeanwhile_IsFound()
    {
        var spoken = new SpokenWords();
        spoken.Write("One,");
        Assert.Equal("One,", spoken.Next("One", TimeSpan.Zero, TimeSpan.Zero).Text);
        spoken.Write(" two.");

        Assert.Equal("two.", spoken.Next("two", TimeSpan.Zero, TimeSpan.Zero).Text);
    }
}
