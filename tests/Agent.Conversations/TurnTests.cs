using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>What a turn is and how it is answered.</summary>
public class TurnTests
{
    private readonly Screenplay _play = new();

    [Fact]
    public void Turn_UserSpeaksAndPauses_IsAnswered()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Model.Answers("It is five past nine.");
        _play.Play(8);

        Assert.Equal(["user: what time is it", "agent: It is five past nine."], _play.History);
        Assert.Equal(
            [AgentState.Listening, AgentState.Thinking, AgentState.Speaking, AgentState.Listening, AgentState.Idle],
            _play.AgentStates.Select(s => s.State));
        var turn = Assert.Single(_play.Turns);
        Assert.Equal(SpeechOutcome.Completed, turn.Outcome);
        Assert.Equal(SpeechCause.UserTurn, turn.Cause);
        Assert.Equal(1.5, turn.Played.TotalSeconds, 0.001);
    }

    [Fact]
    public void Turn_Answered_HasALatencyWaterfallFromTheEndOfSpeech()
    {
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Model.Answers("It is five past nine.");
        _play.Play(8);

        // Speech ends at 2.0 and is known to have after 0.25 s of silence in windows of 32 ms; the words come 0.1 s later; the turn ends at 0.5 s,
        // the model takes 0.2 s, the sentence is complete with its last token, and the synthesizer takes 0.1 s more.
        var latency = Assert.Single(_play.Turns).Latency;
        Assert.Equal(0.35, latency.TranscriptFinal!.Value.TotalSeconds, 0.06);
        Assert.Equal(0.50, latency.EndOfTurn!.Value.TotalSeconds, 0.02);
        Assert.Equal(latency.EndOfTurn.Value.TotalSeconds + 0.2, latency.FirstToken!.Value.TotalSeconds, 0.001);
        Assert.Equal(latency.FirstToken.Value.TotalSeconds + 0.1, latency.FirstClause!.Value.TotalSeconds, 0.03);
        Assert.Equal(latency.FirstClause.Value.TotalSeconds + 0.1, latency.FirstAudioByte!.Value.TotalSeconds, 0.001);
        Assert.Equal(latency.FirstAudioByte.Value.TotalSeconds, latency.FirstAudioInRoom!.Value.TotalSeconds, 0.011);
        Assert.Equal(_play.Room.Voice()[0].From, 2 + latency.FirstAudioInRoom.Value.TotalSeconds, 0.04);
    }

    [Fact]
    public void Turn_PauseShorterThanTheDelay_IsOneTurn()
    {
        _play.User.Says("I would like", from: 1, to: 1.6);
        _play.User.Says("a large pizza", from: 2.0, to: 3);
        _play.Play(8);
        Assert.Equal(["user: I would like a large pizza", "agent: All right."], _play.History);
        Assert.Single(_play.Turns);
    }

    [Fact]
    public void Turn_UserGoesOnBeforeTheAnswerIsHeard_IsOneTurnAndTheFirstAnswerLeavesNoTrace()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(2);
        _play.User.Says("I would like a pizza", from: 1, to: 2);
        _play.User.Says("with extra cheese and olives", from: 3, to: 4.5);
        _play.Play(12);
        Assert.Equal(["user: I would like a pizza with extra cheese and olives", "agent: All right."], _play.History);
        Assert.Equal([SpeechOutcome.Cancelled, SpeechOutcome.Completed], _play.Turns.Select(t => t.Outcome));
        Assert.Single(_play.Room.Voice());
    }

    [Fact]
    public void Turn_RecogniserSlow_WaitsForTheWords()
    {
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(1.2);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.InRange(_play.Turns[0].Latency.TranscriptFinal!.Value.TotalSeconds, 1.4, 1.6);
    }

    [Fact]
    public void Turn_RecogniserStalled_IsCommittedWithWhatIsThereAndTheLateWordsBelongToIt()
    {
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(5);
        _play.User.Says("what time is it now", from: 1, to: 2);
        _play.Play(12);
        Assert.Equal(["user: what time is it now", "agent: All right."], _play.History);
        Assert.Single(_play.Model.Asked);
        Assert.InRange(_play.Turns[0].Latency.FirstAudioInRoom!.Value.TotalSeconds, 2.5, 2.8);
    }

    [Fact]
    public void Turn_NothingUnderstood_IsNotAnswered()
    {
        _play.User.Coughs(from: 1, to: 1.5);
        _play.Play(6);
        Assert.Empty(_play.History);
        Assert.Empty(_play.Model.Asked);
        Assert.Single(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void Turn_RecogniserDecides_EndsWithItsDecision()
    {
        var play = new Screenplay();
        play.Recogniser.EndOfTurnAfter = TimeSpan.FromSeconds(0.3);
        play.Options.Turns.Endpointing.Mode = EndpointingMode.SpeechToText;
        play.User.Says("what time is it", from: 1, to: 2);
        play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], play.History);
        Assert.Equal(0.3, play.Turns[0].Latency.EndOfTurn!.Value.TotalSeconds, 0.03);
    }

    [Fact]
    public void Turn_RecogniserShouldDecideAndDoesNot_EndsAfterTheLongestDelay()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(10);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.Equal(3.0, _play.Turns[0].Latency.EndOfTurn!.Value.TotalSeconds, 0.05);
    }

    [Fact]
    public void Turn_PushToTalk_EndsWhenCommitted()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.Manual;
        _play.User.Says("what time", from: 1, to: 2);
        _play.User.Says("is it", from: 4, to: 5);
        _play.At(6, session => session.CommitUserTurn());
        _play.Play(10);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Turn_Cleared_IsNotAnswered()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.Manual;
        _play.User.Says("never mind", from: 1, to: 2);
        _play.At(3, session => session.ClearUserTurn());
        _play.At(4, session => session.CommitUserTurn());
        _play.Play(8);
        Assert.Empty(_play.History);
    }

    [Fact]
    public void Audio_StopsInTheMiddleOfSpeech_TheTurnEnds()
    {
        _play.User.Says("this sentence is never going to", from: 1, to: 5);
        _play.At(3, _ => _play.Room.StopsInput = true);
        _play.Play(12);
        Assert.StartsWith("user: this sentence", _play.History[0], StringComparison.Ordinal);
        Assert.Equal("agent: All right.", _play.History[1]);
    }

    [Fact]
    public void Play_Twice_TakesTheSameCourse()
    {
        Assert.Equal(Trace(), Trace());

        static string Trace()
        {
            var play = new Screenplay();
            play.Model.Answers(Story);
            play.User.Says("tell me a story", from: 1, to: 2);
            play.User.Coughs(from: 4, to: 4.2);
            play.User.Says("now stop it please", from: 6, to: 7.3);
            play.Play(15);
            return string.Join('\n', play.Events.Select(e => e.ToString())) + string.Join('\n', play.Room.Frames);
        }
    }
}
