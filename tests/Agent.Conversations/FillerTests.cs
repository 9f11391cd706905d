using Agent.Pipeline.Errors;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>What the agent says while its answer takes long.</summary>
public class FillerTests
{
    private readonly Screenplay _play = new();

    public FillerTests()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.Options.Turns.Fillers.Delay = TimeSpan.FromSeconds(1);
        _play.Options.Turns.Fillers.Interval = TimeSpan.FromSeconds(2);
        _play.Options.Turns.Fillers.Phrases = ["One moment.", "Still looking."];
        _play.User.Says("find me a flight", from: 1, to: 2);
    }

    [Fact]
    public void Answer_Slow_APhraseIsSaidAndTheAnswerFollows()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(3);
        _play.Play(10);

        // The turn ends at 2.5: the phrase comes 1 s and the synthesizer's 0.1 s later, the answer when the model has it.
        var voice = _play.Room.Voice();
        Assert.Equal(2, voice.Count);
        Assert.InRange(voice[0].From, 3.6, 3.65);
        Assert.InRange(voice[1].From, 5.6, 5.7);
        Assert.Equal("One moment.|All right.|", _play.AgentCaptions);
        Assert.Equal(["user: find me a flight", "agent: All right."], _play.History);
        Assert.Equal([SpeechCause.Filler, SpeechCause.UserTurn], _play.Turns.Select(t => t.Cause));
        Assert.Equal(["the user's turn has ended", "the answer takes long"], _play.Turns[1].Decisions.Select(d => d.Reason));
    }

    [Fact]
    public void Answer_InTime_NothingIsSaidBefore()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.8);
        _play.Play(8);
        Assert.Equal("All right.|", _play.AgentCaptions);
        Assert.Single(_play.Turns);
    }

    [Fact]
    public void Answer_VerySlow_PhrasesTakeTurnsAtTheirIntervalUpToTheirNumber()
    {
        _play.Options.Turns.Fillers.MaxCount = 3;
        _play.Model.FirstToken = TimeSpan.FromSeconds(15);
        _play.Play(25);
        Assert.Equal("One moment.|Still looking.|One moment.|All right.|", _play.AgentCaptions);
        var voice = _play.Room.Voice();
        Assert.All([0, 1], i => Assert.Equal(2.1, voice[i + 1].From - voice[i].To, 0.05));
    }

    [Fact]
    public void Answer_ReadyWhileThePhraseIsSaid_WaitsForItsEnd()
    {
        _play.Options.Turns.Fillers.Phrases = ["Let me have a look at that for you."];
        _play.Model.FirstToken = TimeSpan.FromSeconds(1.8);
        _play.Play(10);
        var voice = _play.Room.Voice();
        Assert.Equal("Let me have a look at that for you.|All right.|", _play.AgentCaptions);
        Assert.InRange(voice[0].From, 3.6, 3.65);
        Assert.InRange(voice.Count == 1 ? 0 : voice[1].From - voice[0].To, 0, 0.03);
        Assert.Equal(2.7 + 0.6, voice.Sum(v => v.To - v.From), 0.05);
    }

    [Fact]
    public void Answer_ReadyBeforeThePhraseIsHeard_TakesItsPlace()
    {
        _play.Synthesizer.FirstByte = TimeSpan.FromSeconds(0.4);
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.65);
        _play.Model.EachToken = TimeSpan.Zero;
        _play.Play(10);
        Assert.Equal("All right.|", _play.AgentCaptions);
        Assert.Equal([SpeechCause.UserTurn], _play.Turns.Select(t => t.Cause));
        Assert.InRange(_play.Room.Voice()[0].From, 3.55, 3.6);
    }

    [Fact]
    public void User_SpeaksDuringThePhrase_BothAreCut()
    {
        _play.Options.Turns.Fillers.Phrases = ["Let me have a look at that for you if I may."];
        _play.Model.FirstToken = TimeSpan.FromSeconds(4);
        _play.User.Says("forget about it please", from: 4.5, to: 5.5);
        _play.Play(12);
        Assert.Equal([SpeechOutcome.Interrupted, SpeechOutcome.Cancelled], _play.Turns.Take(2).Select(t => t.Outcome));
        Assert.Equal([SpeechCause.Filler, SpeechCause.UserTurn], _play.Turns.Take(2).Select(t => t.Cause));
        Assert.Equal(["user: find me a flight", "user: forget about it please", "agent: All right."], _play.History);
        Assert.InRange(_play.Room.Voice()[0].To, 4.5, 4.65);
    }

    [Fact]
    public void User_CoughsDuringThePhrase_ItGoesOnAndTheAnswerFollows()
    {
        _play.Options.Turns.Fillers.Phrases = ["Let me have a look at that for you if I may."];
        _play.Model.FirstToken = TimeSpan.FromSeconds(4);
        _play.User.Coughs(from: 4.5, to: 4.7);
        _play.Play(14);
        Assert.Equal("Let me have a look at that for you if I may.|All right.|", _play.AgentCaptions);
        Assert.All(_play.Turns, t => Assert.Equal(SpeechOutcome.Completed, t.Outcome));
    }

    [Fact]
    public void Tool_SlowInTheMiddleOfAnAnswer_IsCovered()
    {
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(3), _play.Time);
                return "two flights";
            },
            "search"));
        _play.Model.Answer = messages => messages[^1].Role == ChatRole.Tool
            ? [new TextContent("There are two.")]
            : [new TextContent("Let me see."), new FunctionCallContent("call-1", "search")];
        _play.Play(12);

        Assert.Equal("Let me see.One moment.| There are two.|", _play.AgentCaptions);
        Assert.Equal(["user: find me a flight", "tool: search = two flights", "agent: Let me see. There are two."], _play.History);
        Assert.Contains(_play.AgentStates, s => s.State == AgentState.Thinking && s.At > 3);
    }

    [Fact]
    public void Phrase_ForTheHistory_IsInIt()
    {
        _play.Options.Turns.Fillers.AddToHistory = true;
        _play.Model.FirstToken = TimeSpan.FromSeconds(3);
        _play.Play(10);
        Assert.Equal(["user: find me a flight", "agent: One moment.", "agent: All right."], _play.History);
    }

    [Fact]
    public void Said_Slow_NothingCoversIt()
    {
        var play = new Screenplay();
        play.Options.Turns.Fillers.Delay = TimeSpan.FromSeconds(1);
        play.Options.Turns.Fillers.Phrases = ["One moment."];
        play.Synthesizer.FirstByte = TimeSpan.FromSeconds(3);
        play.At(1, session => _ = session.Say("Good morning."));
        play.Play(8);
        Assert.Equal("Good morning.|", play.AgentCaptions);
    }

    [Fact]
    public void Options_ADelayAndNoPhrase_AreRefused()
    {
        var play = new Screenplay();
        play.Options.Turns.Fillers.Delay = TimeSpan.FromSeconds(1);
        var error = Assert.Throws<ConfigurationException>(() => play.Play(1));
        Assert.Contains("Turns:Fillers:Phrases", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void User_Leaves_NoPhraseIsSaidToNobody()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(5);
        _play.At(3, _ => _play.Room.Raise(new ParticipantLeft(ScriptedRoom.UserIdentity)));
        _play.Play(8);
        Assert.Empty(_play.Room.Voice());
        Assert.Equal("", _play.AgentCaptions);
    }
}
