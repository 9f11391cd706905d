using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>What the application has the agent say, and what is typed to it.</summary>
public class SpeechTests
{
    private readonly Screenplay _play = new();

    // The user of these has no echo that a client would have to learn to cancel.
    public SpeechTests() => _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;

    [Fact]
    public void Greeting_Set_IsSaidAsSoonAsSomebodyIsThere()
    {
        _play.Greeting = "Hello, how can I help?";
        _play.JoinsAtOnce = false;
        _play.At(3, _ => _play.Room.Join());
        _play.Play(8);
        Assert.Equal(["agent: Hello, how can I help?"], _play.History);
        Assert.Equal(3.1, _play.Room.Voice()[0].From, 0.02);
        Assert.Equal(SpeechCause.Greeting, _play.Turns[0].Cause);
    }

    [Fact]
    public void Say_Awaited_CompletesWithItsOutcome()
    {
        var outcomes = new List<SpeechOutcome>();
        _play.At(1, async session => outcomes.Add(await session.Say("Good morning.")));
        _play.At(3, async session => outcomes.Add(await session.Say(Story)));
        _play.At(5, session => session.Interrupt());
        _play.Play(8);
        Assert.Equal([SpeechOutcome.Completed, SpeechOutcome.Interrupted], outcomes);
    }

    [Fact]
    public void Say_SeveralAtOnce_ArePlayedByPriorityAndThenByAge()
    {
        _play.At(1, session =>
        {
            _ = session.Say("First of all.");
            _ = session.Say("Low one.", new SpeechOptions { Priority = 0 });
            _ = session.Say("Normal one.");
            _ = session.Say("High one.", new SpeechOptions { Priority = 10 });
        });
        _play.Play(15);
        Assert.Equal(["agent: First of all.", "agent: High one.", "agent: Normal one.", "agent: Low one."], _play.History);
    }

    [Fact]
    public void Say_WhileTheUserSpeaks_WaitsForTheFloor()
    {
        _play.User.Says("let me finish my sentence", from: 1, to: 3);
        _play.At(2, session => _ = session.Say("By the way."));
        _play.Play(10);
        Assert.Equal(["user: let me finish my sentence", "agent: By the way.", "agent: All right."], _play.History);
        Assert.True(_play.Room.Voice()[0].From > 3);
    }

    [Fact]
    public void Say_NotForTheHistory_IsHeardOnly()
    {
        _play.At(1, session => _ = session.Say("One moment.", new SpeechOptions { AddToHistory = false }));
        _play.Play(5);
        Assert.Empty(_play.History);
        Assert.Equal("One moment.|", _play.AgentCaptions);
    }

    [Fact]
    public void GenerateReply_WithInstructions_TellsTheModel()
    {
        _play.At(1, session => _ = session.GenerateReply("Ask for the name."));
        _play.Model.Answers("What is your name?");
        _play.Play(6);
        Assert.Equal(["agent: What is your name?"], _play.History);
        Assert.Equal("Ask for the name.", Assert.Single(_play.Model.Asked)[^1].Text);
        Assert.Equal(SpeechCause.Requested, _play.Turns[0].Cause);
    }

    [Fact]
    public void TypedText_WhileTheAgentSpeaks_CutsAndIsAnswered()
    {
        _play.Model.Answers(Story);
        _play.At(1, _ => _play.Room.Raise(new TextReceived(ScriptedRoom.UserIdentity, "tell me a story")));
        _play.At(4, _ => _play.Room.Raise(new TextReceived(ScriptedRoom.UserIdentity, "enough")));
        _play.Play(8);
        Assert.Equal("user: tell me a story", _play.History[0]);
        Assert.EndsWith(" –", _play.History[1], StringComparison.Ordinal);
        Assert.Equal("user: enough", _play.History[2]);
        Assert.All(_play.Turns, t => Assert.Equal(SpeechCause.TypedText, t.Cause));
    }

    [Fact]
    public void TypedText_FromSomebodyElse_IsNotForTheAgent()
    {
        _play.At(1, _ => _play.Room.Raise(new TextReceived("somebody else", "hello")));
        _play.Play(4);
        Assert.Empty(_play.History);
    }
}
