using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns;
using Agent.Tests.Pipeline.Harness;

namespace Agent.Tests.Pipeline.Sessions;

public class ConversationTests
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
}
