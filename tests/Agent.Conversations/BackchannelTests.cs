using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>Who only shows that they listen does not want the floor.</summary>
public class BackchannelTests
{
    private readonly Screenplay _play = new();

    public BackchannelTests()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
    }

    [Theory]
    [InlineData("mm-hm", 0.3)]
    [InlineData("yeah", 0.4)]
    [InlineData("Yeah, right.", 0.8)]
    [InlineData("uh-huh okay I see", 1.2)]
    [InlineData("hmmmm", 0.9)]
    [InlineData("genau", 0.5)]
    [InlineData("d'accord", 0.5)]
    public void Backchannel_OverTheAgent_PausesItForAMomentOnly(string words, double seconds)
    {
        _play.User.Says(words, from: 5, to: 5 + seconds);
        _play.Play(20);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        var voice = _play.Room.Voice();
        Assert.Equal(2, voice.Count);

        // The end is known after 0.28 s, the words 0.1 s later.
        Assert.InRange(voice[1].From, 5 + seconds + 0.3, 5 + seconds + 0.5);
        Assert.Contains(_play.Turns[0].Decisions, d => d is { Kind: DecisionKind.Ignored, Reason: "a sign of listening" });
        Assert.Single(_play.Model.Asked);
    }

    [Fact]
    public void Backchannel_ThatTurnsIntoASentence_TakesTheFloorWithTheSentence()
    {
        _play.Model.Answer = asked => [new Microsoft.Extensions.AI.TextContent(asked.Count < 3 ? Story : "As you like.")];
        _play.User.Says("yeah but I wanted a short one", from: 5, to: 7);
        _play.Play(15);
        Assert.Equal(["user: yeah but I wanted a short one", "agent: As you like."], _play.History.Skip(2));
        Assert.True(_play.Of<TurnEnded>().First().At.TotalSeconds < 6, "the second word was enough");
    }

    [Fact]
    public void Backchannel_Several_DoNotAddUp()
    {
        _play.Options.Turns.Interruption.MinWords = 2;
        for (var at = 4.0; at < 9; at += 1.5)
            _play.User.Says("yeah", from: at, to: at + 0.6);
        _play.Play(25);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
    }

    [Fact]
    public void Backchannel_AfterTheAgentHasFinished_IsAnAnswer()
    {
        _play.Model.Answers("Shall I book it?");
        _play.User.Says("yeah", from: 6, to: 6.4);
        _play.Play(12);
        Assert.Equal("user: yeah", _play.History[2]);
    }

    [Fact]
    public void Backchannel_OverTheEndOfAQuestion_IsAnAnswer()
    {
        _play.Model.Answer = asked => [new Microsoft.Extensions.AI.TextContent(asked.Count < 3 ? "I have found a table for two at eight. Shall I book it?" : "Done.")];
        _play.Play(12);
        var end = _play.Room.Voice()[^1].To;

        var play = new Screenplay();
        play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        play.Model.Answer = _play.Model.Answer;
        play.User.Says("tell me a story", from: 1, to: 2);
        play.User.Says("yeah", from: end - 0.3, to: end + 0.1);
        play.Play(14);
        Assert.Equal(["user: yeah", "agent: Done."], play.History.Skip(2));
    }

    [Fact]
    public void Backchannel_OverTheBeginningOfAQuestion_IsNone()
    {
        _play.Model.Answers("I have found a table for two at eight. Shall I book it?");
        _play.User.Says("okay", from: 4, to: 4.4);
        _play.Play(14);
        Assert.Equal(["user: tell me a story", "agent: I have found a table for two at eight. Shall I book it?"], _play.History);
    }

    [Fact]
    public void Backchannel_OfOnesOwn_IsIgnoredToo()
    {
        _play.Options.Turns.Interruption.Backchannels.Add("roger that");
        _play.User.Says("Roger that!", from: 5, to: 5.7);
        _play.Play(20);
        Assert.Equal(2, _play.History.Count);
    }

    [Fact]
    public void Backchannel_NotToBeIgnored_TakesTheFloor()
    {
        _play.Options.Turns.Interruption.IgnoreBackchannels = false;
        _play.User.Says("okay right", from: 5, to: 5.8);
        _play.Play(14);
        Assert.Equal("user: okay right", _play.History[2]);
    }

    [Fact]
    public void Backchannel_OverAProtectedUtteranceThatKeepsSpeech_IsNotAnswered()
    {
        var play = new Screenplay();
        play.Options.Turns.Interruption.KeepSpeechOverProtected = true;
        play.At(1, session => _ = session.Say(Story, new Pipeline.Sessions.SpeechOptions { AllowInterruption = false }));
        play.User.Says("mm-hm", from: 3, to: 3.4);
        play.Play(20);
        Assert.Equal(["agent: " + Story], play.History);
        Assert.Empty(play.Model.Asked);
    }
}
