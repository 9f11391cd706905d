using System.ComponentModel;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>Answers that begin before the user's turn is certain to be over.</summary>
public class PreemptiveTests
{
    private readonly Screenplay _play = new();

    public PreemptiveTests()
    {
        // Long enough for the head start to be seen: the pause is known 0.28 s after the end of speech, the turn ends after 1 s.
        _play.Options.Turns.Endpointing.MinDelay = TimeSpan.FromSeconds(1);
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.3);
    }

    private IEnumerable<bool> Used => _play.Of<PreemptiveReplyEnded>().Select(e => e.IsUsed);

    [Fact]
    public void Reply_Prepared_IsHeardSoonerAndNeverBeforeTheTurnIsOver()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);

        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.Single(_play.Model.Asked);
        Assert.Equal([true], Used);
        var latency = Assert.Single(_play.Turns).Latency;
        Assert.Equal(1.0, latency.EndOfTurn!.Value.TotalSeconds, 0.01);
        Assert.InRange(latency.FirstToken!.Value.TotalSeconds, 0.55, 0.6);
        Assert.Equal(latency.EndOfTurn.Value.TotalSeconds, latency.FirstClause!.Value.TotalSeconds, 0.001);
        Assert.Equal(latency.EndOfTurn.Value.TotalSeconds + 0.1, latency.FirstAudioInRoom!.Value.TotalSeconds, 0.02);
    }

    [Fact]
    public void Reply_PreparedWithItsVoice_IsHeardAsTheTurnEnds()
    {
        _play.Options.Turns.Preemptive.Synthesize = true;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);

        var latency = Assert.Single(_play.Turns).Latency;
        Assert.True(latency.FirstAudioByte < latency.EndOfTurn);
        Assert.Equal(latency.EndOfTurn!.Value.TotalSeconds, latency.FirstAudioInRoom!.Value.TotalSeconds, 0.011);
        Assert.InRange(_play.Room.Voice()[0].From, 3.0, 3.05);
        Assert.Equal("All right.|", _play.AgentCaptions);
    }

    [Fact]
    public void Reply_NotPrepared_TakesTheModelsWholeTime()
    {
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.Empty(Used);
        Assert.InRange(_play.Turns[0].Latency.FirstAudioInRoom!.Value.TotalSeconds, 1.4, 1.45);
    }

    [Fact]
    public void User_GoesOn_ThePreparedAnswerLeavesNoTrace()
    {
        _play.Options.Turns.Preemptive.Synthesize = true;
        _play.User.Says("I would like", from: 1, to: 2);
        _play.User.Says("a large pizza", from: 2.7, to: 3.7);
        _play.Play(10);

        Assert.Equal(["user: I would like a large pizza", "agent: All right."], _play.History);
        Assert.Equal([false, true], Used);
        Assert.Equal(["I would like", "I would like a large pizza"], _play.Model.Asked.Select(asked => asked[^1].Text));
        Assert.Single(_play.Turns);
        Assert.Single(_play.Room.Voice());
        Assert.Equal("All right.|", _play.AgentCaptions);
        Assert.DoesNotContain(_play.AgentStates, s => s.State is AgentState.Thinking or AgentState.Speaking && s.At < 4.6);
    }

    [Fact]
    public void User_GoesOn_TheCallToTheModelIsCancelledAtOnce()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.05);
        _play.Model.EachToken = TimeSpan.FromSeconds(10);
        _play.Model.Answers("This answer takes very long.");
        _play.User.Says("I would like", from: 1, to: 2);
        _play.User.Says("a large pizza", from: 2.7, to: 3.7);
        _play.Play(3);
        Assert.InRange(Assert.Single(_play.Of<PreemptiveReplyEnded>()).At.TotalSeconds, 2.7, 2.85);
    }

    [Fact]
    public void Words_FixedAsTheyWereShown_ThePreparedAnswerStays()
    {
        _play.Recogniser.Understands = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it", from: 1, to: 2, at: 2);
        _play.Recogniser.Reports(TranscriptKind.Final, "What time is it?", from: 1, to: 2, at: 2.6);
        _play.Play(8);
        Assert.Equal([true], Used);
        Assert.Equal("what time is it", Assert.Single(_play.Model.Asked)[^1].Text);
        Assert.Equal("user: What time is it?", _play.History[0]);
    }

    [Fact]
    public void Words_FixedOtherwise_AreAnsweredAfresh()
    {
        _play.Recogniser.Understands = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is", from: 1, to: 2, at: 2);
        _play.Recogniser.Reports(TranscriptKind.Final, "What time is it?", from: 1, to: 2, at: 2.6);
        _play.Play(8);
        Assert.Equal([false, true], Used);
        Assert.Equal(["what time is", "What time is it?"], _play.Model.Asked.Select(asked => asked[^1].Text));
        Assert.Equal(["user: What time is it?", "agent: All right."], _play.History);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void Detector_HoldsTheTurnToBeUnfinished_NothingIsPrepared(double probability)
    {
        _play.TurnDetector = new ScriptedTurnDetector(_play.Time) { Judge = _ => probability };
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(9);
        Assert.Single(_play.Model.Asked);
        Assert.Equal(probability > 0.5 ? [true] : [], Used);
        Assert.Equal("agent: All right.", _play.History[^1]);
    }

    [Fact]
    public void User_PausesAgainAndAgain_PreparesNoMoreThanAllowed()
    {
        _play.Options.Turns.Preemptive.MaxAttempts = 2;
        foreach (var i in Enumerable.Range(0, 5))
            _play.User.Says($"part {i}", from: 1 + 1.4 * i, to: 1.8 + 1.4 * i);
        _play.Play(14);
        Assert.Equal([false, false], Used);
        Assert.Equal(3, _play.Model.Asked.Count);
        Assert.Equal("user: part 0 part 1 part 2 part 3 part 4", _play.History[0]);
    }

    [Fact]
    public void User_SpokeForLong_IsNotAnsweredInAdvance()
    {
        _play.Options.Turns.Preemptive.MaxSpeech = TimeSpan.FromSeconds(2);
        _play.User.Says("let me tell you a long story about my day", from: 1, to: 4);
        _play.Play(9);
        Assert.Empty(Used);
        Assert.Equal("agent: All right.", _play.History[^1]);
    }

    [Fact]
    public void PushToTalk_SilenceSaysNothing_NothingIsPrepared()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.Manual;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.At(4, session => session.CommitUserTurn());
        _play.Play(8);
        Assert.Empty(Used);
        Assert.Single(_play.Model.Asked);
    }

    [Fact]
    public void Turn_Cleared_ThePreparedAnswerIsDropped()
    {
        _play.User.Says("never mind", from: 1, to: 2);
        _play.At(2.7, session => session.ClearUserTurn());
        _play.Play(6);
        Assert.Equal([false], Used);
        Assert.Empty(_play.History);
        Assert.Empty(_play.Turns);
    }

    [Fact]
    public void Agent_SpeaksForAnotherReason_ThePreparedAnswerIsDroppedAndMadeAgain()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.At(2.7, session => _ = session.Say("By the way."));
        _play.Play(9);
        Assert.Equal([false], Used);
        Assert.Equal(["user: what time is it", "agent: By the way.", "agent: All right."], _play.History);
        Assert.Equal("By the way.", _play.Model.Asked[^1][^1].Text);
    }

    [Fact]
    public void User_Types_ThePreparedAnswerIsDropped()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.At(2.7, _ => _play.Room.Raise(new TextReceived(ScriptedRoom.UserIdentity, "hello")));
        _play.Play(9);
        Assert.False(Used.First());
        Assert.Equal(["user: hello", "user: what time is it"], _play.History.Where(line => line.StartsWith("user", StringComparison.Ordinal)));
        Assert.Equal(2, _play.Turns.Count(t => t.Outcome == SpeechOutcome.Completed));
    }

    [Fact]
    public void User_Leaves_ThePreparedAnswerIsDropped()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.At(2.7, _ => _play.Room.Raise(new ParticipantLeft(ScriptedRoom.UserIdentity)));
        _play.Play(6);
        Assert.Equal([false], Used);
        Assert.Empty(_play.Turns);
        Assert.Empty(_play.Room.Voice());
    }

    [Fact]
    public void Model_FailsInAdvance_IsAskedAgainAndNothingIsCounted()
    {
        var asked = 0;
        _play.Model.Answer = _ => ++asked == 1 ? throw new InvalidOperationException("overloaded") : [new TextContent("It is five.")];
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: It is five."], _play.History);
        Assert.Empty(_play.Of<ProviderFailed>());
        Assert.Equal([false], Used);
        Assert.Equal(SpeechOutcome.Completed, Assert.Single(_play.Turns).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Synthesizer_FailsInAdvance_IsAskedAgainAndNothingIsCounted(bool synthesize)
    {
        _play.Options.Turns.Preemptive.Synthesize = synthesize;
        _play.Synthesizer.Error = new InvalidOperationException("overloaded");
        _play.At(2.7, _ => _play.Synthesizer.Error = null);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.Empty(_play.Of<ProviderFailed>());
        Assert.Equal([false], Used);
    }

    [Fact]
    public void Tool_ThatChangesSomething_WaitsForTheEndOfTheTurn()
    {
        var ranAt = -1.0;
        _play.Tools.Add(AIFunctionFactory.Create(() => ranAt = _play.Time.Now.TotalSeconds, "order"));
        AnswerWithTool("order");
        _play.User.Says("order a pizza", from: 1, to: 2);
        _play.Play(8);
        Assert.InRange(ranAt, 3.0, 3.02);
        Assert.Equal([true], Used);
        Assert.Equal("agent: Done.", _play.History[^1]);
    }

    [Fact]
    public void Tool_ThatChangesSomething_IsNotRunWhenTheUserGoesOn()
    {
        var runs = 0;
        _play.Tools.Add(AIFunctionFactory.Create(() => ++runs, "order"));
        AnswerWithTool("order");
        _play.User.Says("order a pizza", from: 1, to: 2);
        _play.User.Says("no a salad", from: 2.75, to: 3.75);
        _play.Play(10);
        Assert.Equal(1, runs);
        Assert.Equal(["user: order a pizza no a salad", "tool: order = 1", "agent: Done."], _play.History);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tool_ThatOnlyReads_RunsInAdvanceAndItsResultIsKeptWithTheAnswer(bool byAttribute)
    {
        var ranAt = -1.0;
        [ReadOnly(true)]
        double Attributed() => ranAt = _play.Time.Now.TotalSeconds;
        double Described() => ranAt = _play.Time.Now.TotalSeconds;
        _play.Tools.Add(byAttribute
            ? AIFunctionFactory.Create(Attributed, "clock")
            : AIFunctionFactory.Create(Described, new AIFunctionFactoryOptions { Name = "clock", AdditionalProperties = new Dictionary<string, object?>(StringComparer.Ordinal) { [ToolProperties.ReadOnly] = true } }));
        AnswerWithTool("clock");
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.InRange(ranAt, 2.55, 2.6);
        Assert.Equal([typeof(UserMessage), typeof(ToolCall), typeof(AgentMessage)], _play.Result.History.Select(item => item.GetType()));
    }

    [Fact]
    public void Tool_ThatOnlyReads_LeavesNoTraceWhenTheUserGoesOn()
    {
        [ReadOnly(true)]
        string Clock() => "five";
        _play.Tools.Add(AIFunctionFactory.Create(Clock, "clock"));
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.05);
        AnswerWithTool("clock");
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.User.Says("in Rome I mean", from: 2.75, to: 3.75);
        _play.Play(10);
        Assert.Equal(["user: what time is it in Rome I mean", "tool: clock = five", "agent: Done."], _play.History);
        Assert.Equal([false, true], Used);
    }

    [Fact]
    public void Model_TellsItsCost_WhatWasWastedIsKnown()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.05);
        _play.Model.Answer = _ => [new UsageContent(new UsageDetails { InputTokenCount = 40, OutputTokenCount = 3 }), new TextContent("All right.")];
        _play.User.Says("I would like", from: 1, to: 2);
        _play.User.Says("a large pizza", from: 2.75, to: 3.75);
        _play.Play(10);
        var wasted = Assert.Single(_play.Of<PreemptiveReplyEnded>(), e => !e.IsUsed);
        Assert.Equal(40, wasted.Usage!.InputTokenCount);
        Assert.InRange(wasted.Lead.TotalSeconds, 0.5, 0.6);
    }

    private void AnswerWithTool(string name) => _play.Model.Answer = messages => messages[^1].Role == ChatRole.Tool
        ? [new TextContent("Done.")]
        : [new FunctionCallContent("call-1", name)];
}
