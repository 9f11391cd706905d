using Agent.Providers.Local.Flite;

namespace Agent.Tests.Providers.Local.Flite;

public sealed class FliteTextTests
{
    [Theory]
    [InlineData("Hello. How are you?", "Hello.|How are you?")]
    [InlineData("One, two, three.", "One, two, three.")]
    [InlineData("This is a rather long beginning of a sentence, and this is its end.", "This is a rather long beginning of a sentence,|and this is its end.")]
    [InlineData("Dr. Smith met J. Doe at 3.15 p.m. today.", "Dr. Smith met J. Doe at 3.15 p.m.|today.")]
    [InlineData("It was me and I. Then we left.", "It was me and I.|Then we left.")]
    [InlineData("**Bold** and `code` 😀 here", "Bold and code here")]
    [InlineData("It’s a “quote” – café", "It's a \"quote\" , cafe")]
    [InlineData("...", "")]
    [InlineData("  ", "")]
    [InlineData("42", "42")]
    public void Clauses_OfText_AreWhatCanBeSpoken(string text, string clauses) =>
        Assert.Equal(clauses, string.Join('|', FliteText.Clauses(text)));

    [Fact]
    public void Clauses_WithoutPunctuation_AreCutAtASpace()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 500));

        var clauses = FliteText.Clauses(text).ToArray();

        Assert.All(clauses, c => Assert.InRange(c.Length, 1, 310));
        Assert.Equal(text, string.Join(' ', clauses));
    }

    [Theory]
    [InlineData("Hello.", true)]
    [InlineData("He said \"no.\"", true)]
    [InlineData("Really?", true)]
    [InlineData("Well,", false)]
    [InlineData("and then", false)]
    public void EndsSentence_OfAClause_LooksThroughQuotes(string clause, bool expected) => Assert.Equal(expected, FliteText.EndsSentence(clause));
}
