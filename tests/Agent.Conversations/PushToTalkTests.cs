using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>The application begins, commits and clears the user's turn.</summary>
public sealed class PushToTalkTests
{
    private const string Story = "Once upon a time there was a king who had three daughters and a very small horse.";

    private readonly Screenplay _play = new();

    public PushToTalkTests() => _play.Options.Turns.Endpointing.Mode = EndpointingMode.Manual;

    [Fact]
    public void Press_WhileTheAgentSpeaks_SilencesIt()
    {
        _play.Greeting = Story;
        _play.At(3, session => session.StartUserTurn());
        _play.User.Says("stop", from: 3.5, to: 4);
        _play.At(4.2, session => session.CommitUserTurn());
        _play.Play(8);
        Assert.InRange(_play.Room.Voice()[0].To, 2.9, 3.1);
        Assert.Equal(["user: stop", "agent: All right."], _play.History.TakeLast(2));
    }

    [Fact]
    public void Press_LongPause_EndsNothingAndLetsNobodySpeak()
    {
        _play.At(1, session => session.StartUserTurn());
        _play.User.Says("my number is", from: 1.5, to: 2);
        _play.At(3, session => _ = session.Say("Hello?"));
        _play.User.Says("four two", from: 8, to: 9);
        _play.At(9.2, session => session.CommitUserTurn());
        _play.Play(15);
        Assert.Contains("user: my number is four two", _play.History);
        Assert.True(_play.Room.Voice()[0].From > 9, "the agent spoke while the user had the floor");
    }

    [Fact]
    public void Press_InAnAutomaticMode_HoldsTheTurnOpenToo()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.Automatic;
        _play.At(1, session => session.StartUserTurn());
        _play.User.Says("my number is", from: 1.5, to: 2);
        _play.User.Says("four two", from: 6, to: 7);
        _play.At(7.2, session => session.CommitUserTurn());
        _play.Play(12);
        Assert.Equal(["user: my number is four two", "agent: All right."], _play.History);
    }

    [Fact]
    public void Commit_WhileTheUserSpeaks_WaitsForTheLastWordsOnly()
    {
        _play.At(1, session => session.StartUserTurn());
        _play.User.Says("what time is it", from: 1.5, to: 3);
        _play.At(2.9, session => session.CommitUserTurn());
        _play.Play(7);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 3, 4);
    }

    [Fact]
    public void Commit_UserKeepsTalking_IsAnsweredAndTheRestIsNoTurn()
    {
        _play.At(1, session => session.StartUserTurn());
        _play.User.Says("what time is it", from: 1.5, to: 8);
        _play.At(4, session => session.CommitUserTurn());
        _play.Play(12);
        Assert.Single(_play.Turns);
        Assert.Equal(SpeechOutcome.Completed, _play.Turns[0].Outcome);
    }

    [Fact]
    public void Commit_NothingSaid_IsNotAnsweredAndFreesTheFloor()
    {
        _play.At(1, session => session.StartUserTurn());
        _play.At(2, session => session.CommitUserTurn());
        _play.At(3, session => _ = session.Say("Hello?"));
        _play.Play(6);
        Assert.Equal(["agent: Hello?"], _play.History);
        Assert.Empty(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void Commit_Twice_IsAnsweredOnce()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.At(2.5, session => session.CommitUserTurn());
        _play.At(2.55, session => session.CommitUserTurn());
        _play.Play(6);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Clear_Pressed_ForgetsAndFreesTheFloor()
    {
        _play.At(1, session => session.StartUserTurn());
        _play.User.Says("never mind", from: 1.5, to: 2);
        _play.At(3, session => session.ClearUserTurn());
        _play.At(4, session => session.CommitUserTurn());
        _play.At(5, session => _ = session.Say("Hello?"));
        _play.Play(8);
        Assert.Equal(["agent: Hello?"], _play.History);
    }

    [Fact]
    public void Press_WhatWasHeardBefore_DoesNotCount()
    {
        _play.User.Says("somebody in the background", from: 1, to: 2);
        _play.At(3, session => session.StartUserTurn());
        _play.User.Says("what time is it", from: 3.2, to: 4);
        _play.At(4.2, session => session.CommitUserTurn());
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Voice_WithoutACommit_DoesNotInterruptTheAgent()
    {
        _play.Greeting = Story;
        _play.User.Says("somebody in the background", from: 2, to: 4);
        _play.Play(9);
        Assert.Equal([$"agent: {Story}"], _play.History);
        Assert.Single(_play.Room.Voice());
    }

    [Fact]
    public void Commit_WhatWasSaidOverTheAgent_TakesTheFloor()
    {
        _play.Greeting = Story;
        _play.User.Says("stop it", from: 2, to: 3);
        _play.At(3.5, session => session.CommitUserTurn());
        _play.Play(9);
        Assert.Equal(["user: stop it", "agent: All right."], _play.History.TakeLast(2));
        Assert.InRange(_play.Room.Voice()[0].To, 3.4, 3.7);
    }

    [Fact]
    public void Press_ProtectedSpeech_IsHeardToItsEnd()
    {
        _play.At(1, session => _ = session.Say(Story, new SpeechOptions { AllowInterruption = false }));
        _play.At(3, session => session.StartUserTurn());
        _play.User.Says("what time is it", from: 3.5, to: 4);
        _play.At(4.2, session => session.CommitUserTurn());
        _play.Play(12);
        Assert.Equal(SpeechOutcome.Completed, _play.Turns[0].Outcome);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History.Where(line => !line.Contains("king", StringComparison.Ordinal)));
    }

    [Fact]
    public void Press_UserLeaves_HoldsNobodyUp()
    {
        _play.At(1, session => session.StartUserTurn());
        _play.At(2, _ => _play.Room.Leave());
        _play.At(4, _ => _play.Room.Join());
        _play.At(5, session => _ = session.Say("Welcome back."));
        _play.Play(9);
        Assert.Equal(["agent: Welcome back."], _play.History);
    }
}
