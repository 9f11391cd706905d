using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>What of a written answer goes to the synthesizer, and when.</summary>
public class ChunkingTests
{
    private readonly Screenplay _play = new();

    [Fact]
    public void FirstClause_IsSpokenBeforeTheAnswerIsWritten()
    {
        // Thirty words at 0.2 s take the model six seconds.
        _play.Model.EachToken = TimeSpan.FromSeconds(0.2);
        var answer = Answer("Of course I can, " + string.Join(' ', Enumerable.Repeat("and more", 13)) + ".");
        Assert.Equal("Of course I can,", _play.Synthesizer.Pieces[0]);
        Assert.Equal(4 * 0.2, FirstClause() - FirstToken(), 0.03);
        Assert.Equal(answer, Said());
    }

    [Fact]
    public void FirstClause_WithoutAMark_IsDividedBeforeAConjunction()
    {
        _play.Model.EachToken = TimeSpan.FromSeconds(0.2);
        Answer("The train that you want to take leaves from the main station every hour and it needs forty minutes to the airport.");
        Assert.Equal(["The train that you want to take leaves from the main station every hour", "and it needs forty minutes to the airport."], _play.Synthesizer.Pieces);
        Assert.True(FirstClause() < FirstToken() + 20 * 0.2, "waited for the sentence to end");
    }

    [Fact]
    public void LaterClauses_ComeInTimeForTheVoiceNotToStop()
    {
        // A model that writes 20 words a second, faster than anybody speaks, in one endless sentence.
        _play.Model.EachToken = TimeSpan.FromSeconds(0.05);
        Answer("Well, of course, " + string.Join(", ", Enumerable.Range(0, 60).Select(i => $"the number {(i % 2 == 0 ? "one" : "two")} again")) + ".");
        Assert.Single(_play.Room.Voice());
        Assert.True(_play.Synthesizer.Pieces.Count > 4);
    }

    [Theory]
    [InlineData("Please call Dr. Smith at 555, 123, 4567 before 5 p.m. today.")]
    [InlineData("Version v2.0 costs $1,000.50 at https://a.example/b_c?d=1,2 from me.you@x.org.")]
    [InlineData("Das ist z. B. am 3. Mai um 10:30 möglich.")]
    public void NumbersAndAddresses_GoToTheSynthesizerWhole(string text)
    {
        Answer(text);
        Assert.Equal([text], _play.Synthesizer.Pieces);
    }

    [Fact]
    public void Markdown_IsNeitherSaidNorShown()
    {
        Answer("## Plan\n\nThis is **really, I mean it, very** good 👍🏽!\n\n1. Go to [the shop](https://shop.example/a_b).\n2. Buy `milk`.\n\n```csharp\nvar milk = 1;\n```\n\n| Item | Price |\n|---|---|\n| Milk | $2 |\n");
        Assert.Equal("Plan This is really, I mean it, very good! 1. Go to the shop. 2. Buy milk. Item, Price Milk, $2", Said());
        Assert.Equal(Said() + "|", _play.AgentCaptions);
        Assert.Equal("agent: " + Said(), _play.History[1]);
    }

    [Fact]
    public void Markdown_IsUnderstoodOverTokensAndPieces()
    {
        Answer("He said **stop, and then he** ran. A *very long* walk, [as they say here](http://x.example), is good.");
        Assert.Equal("He said stop, and then he ran. A very long walk, as they say here, is good.", Said());
    }

    [Fact]
    public void Thoughts_OfAModelThatThinksAloud_AreNotSaid()
    {
        Answer("<think>\nThe user wants **tea**. I should say yes.\n</think>\n\nYes, with pleasure.");
        Assert.Equal(["agent: Yes, with pleasure."], _play.History.Skip(1));
        Assert.Equal(["Yes, with pleasure."], _play.Synthesizer.Pieces);
    }

    [Fact]
    public void CodeAlone_IsNotSaidAndTheAgentListensAgain()
    {
        Answer("```python\nprint('hello')\n```");
        Assert.Empty(_play.Synthesizer.Pieces);
        Assert.Empty(_play.Room.Voice());
        Assert.Equal(["user: tell me"], _play.History);
    }

    [Fact]
    public void Say_LongText_IsCutTheSameWay()
    {
        _play.At(1, session => _ = session.Say("Hello there. This is **one** thing; that is another, said Mrs. Jones."));
        _play.Play(10);
        Assert.Equal(["Hello there.", "This is one thing; that is another, said Mrs. Jones."], _play.Synthesizer.Pieces);
    }

    [Fact]
    public void Tool_BetweenTwoParts_KeepsThemApart()
    {
        _play.Tools.Add(AIFunctionFactory.Create(() => "sunny", "weather"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("It is sunny.")]
            : [new TextContent("Let me look."), new FunctionCallContent("call-1", "weather")];
        _play.User.Says("how is the weather", from: 1, to: 2);
        _play.Play(10);
        Assert.Equal("Let me look. It is sunny.", Said());
    }

    private string Answer(string text)
    {
        _play.Model.Answers(text);
        _play.User.Says("tell me", from: 1, to: 2);
        _play.Play(120);
        return text;
    }

    private string Said() => string.Join(' ', _play.Synthesizer.Pieces);

    private double FirstToken() => _play.Turns[0].Latency.FirstToken!.Value.TotalSeconds;

    private double FirstClause() => _play.Turns[0].Latency.FirstClause!.Value.TotalSeconds;
}
