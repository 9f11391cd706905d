using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>The agent does not take its own voice for the user's.</summary>
public class EchoTests
{
    private readonly Screenplay _play = new();

    public EchoTests()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        _play.Model.Answer = asked => [new TextContent(asked.Count < 3 ? Story : "Yes?")];
        _play.User.Says("tell me a story", from: 1, to: 2);
    }

    [Fact]
    public void Echo_OfAWord_PausesTheAgentForAMomentOnly()
    {
        var began = Began();
        _play.User.Says("there", from: began + 1.4, to: began + 1.7);
        _play.Play(20);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        Assert.Equal(2, _play.Room.Voice().Count);
    }

    [Fact]
    public void Echo_OfWhatTheAgentSays_CountsForNothing()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        var began = Began();
        _play.User.Says("there was a king he", from: began + 1.4, to: began + 2.8);
        _play.Play(20);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        Assert.DoesNotContain(_play.Of<UserTranscribed>(), e => e.Caption.Text.Contains("king", StringComparison.Ordinal));
        Assert.Contains(_play.Turns[0].Decisions, d => d is { Kind: DecisionKind.Ignored, Reason: "the agent's own echo" });
    }

    [Fact]
    public void Echo_Misheard_CountsForNothing()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        var began = Began();
        _play.User.Says("there was the king me", from: began + 1.4, to: began + 2.8);
        _play.Play(20);
        Assert.Equal(2, _play.History.Count);
    }

    [Fact]
    public void Echo_Recognised_BeginsTheWarmUpAnew()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        var began = Began();
        _play.User.Says("there was a king he", from: began + 1.4, to: began + 2.8);
        _play.User.Says("three sons", from: began + 3.2, to: began + 3.8);
        _play.Play(20);
        Assert.Single(_play.Room.Voice(), v => v.From > 2.5);
    }

    [Fact]
    public void Echo_OfTheLastWords_IsNoTurn()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        _play.Model.Answers("It is five past nine.");
        var end = Began() + 5 * 0.3;
        _play.User.Says("past nine", from: end - 0.35, to: end + 0.25);
        _play.Play(12);
        Assert.Equal(["user: tell me a story", "agent: It is five past nine."], _play.History);
        Assert.Empty(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void Words_OfTheUserOverTheSameTime_AreNoEcho()
    {
        var began = Began();
        _play.User.Says("no I mean the one with the frog", from: began + 1.4, to: began + 3);
        _play.Play(20);
        Assert.Equal("user: no I mean the one with the frog", _play.History[2]);
    }

    [Fact]
    public void Words_OfTheAgentRepeatedAsAQuestion_AreATurn()
    {
        _play.Model.Answers("Then I will see you on Tuesday.");
        var end = Began() + 7 * 0.3;
        _play.User.Says("Tuesday", from: end + 0.8, to: end + 1.4);
        _play.Play(12);
        Assert.Equal("user: Tuesday", _play.History[2]);
    }

    [Fact]
    public void Guard_SwitchedOff_TakesTheEchoForTheUser()
    {
        _play.Options.Turns.Interruption.EchoGuard = false;
        _play.Options.Turns.Interruption.ResumeAfterFalseInterruption = false;
        var began = Began();
        _play.User.Says("there was a king he", from: began + 1.4, to: began + 2.8);
        _play.Play(20);
        Assert.Equal("user: there was a king he", _play.History[2]);
    }

    [Fact]
    public void WarmUp_VoiceInTheFirstSeconds_DoesNotPauseTheAgent()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        _play.User.Coughs(from: 3.5, to: 4.2);
        _play.Play(20);
        Assert.Single(_play.Room.Voice());
        Assert.Equal(2, _play.History.Count);
    }

    [Fact]
    public void WarmUp_WhatTheUserSaid_IsAnsweredWhenTheAgentHasFinished()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        _play.User.Says("a short one please", from: 3.5, to: 4.5);
        _play.Play(20);
        Assert.Equal(["user: a short one please", "agent: Yes?"], _play.History.Where(h => !h.Contains("story", StringComparison.Ordinal) && !h.Contains("king", StringComparison.Ordinal)));
        Assert.Contains(_play.History, h => h == "agent: " + Story);
    }

    [Fact]
    public void WarmUp_StopWord_StopsTheAgent()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        _play.User.Says("stop", from: 4, to: 4.5);
        _play.Play(12);
        Assert.Equal("user: stop", _play.History[2]);
    }

    [Fact]
    public void WarmUp_SpeechThatGoesOnBeyondIt_TakesTheFloorThen()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.FromSeconds(3);
        var over = Began() + 3;
        _play.User.Says("would you please tell me a very much shorter story than this one", from: over - 1.5, to: over + 2.5);
        _play.Play(20);
        Assert.InRange(_play.Room.Voice()[0].To, over, over + 0.1);
        Assert.StartsWith("user: would you please", _play.History[2], StringComparison.Ordinal);
    }

    [Fact]
    public void WarmUp_OnTheTelephone_IsNone()
    {
        var play = new Screenplay { JoinsAtOnce = false };
        play.Model.Answers(Story);
        play.Room.Join(kind: ParticipantKind.Phone);
        play.User.Says("tell me a story", from: 1, to: 2);
        play.User.Coughs(from: 3.5, to: 4.2);
        play.Play(20);
        Assert.Equal(2, play.Room.Voice().Count);
    }

    /// <summary>When the agent begins to speak; the same in every run of the same script.</summary>
    private double Began()
    {
        var play = new Screenplay();
        play.Model.Answer = _play.Model.Answer;
        play.User.Says("tell me a story", from: 1, to: 2);
        play.Play(6);
        return play.Room.Voice()[0].From;
    }
}
