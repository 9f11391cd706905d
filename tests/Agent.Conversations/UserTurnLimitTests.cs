using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>A user who does not stop talking: the agent may cut in.</summary>
public sealed class UserTurnLimitTests
{
    private const string Speech = "and then I said to him that it was not my fault and he said that it was and so on and on without an end";

    private readonly Screenplay _play = new();

    [Fact]
    public void Limit_NotSet_LetsTheUserTalk()
    {
        _play.User.Says(Speech, from: 1, to: 60);
        _play.Play(55);
        Assert.Empty(_play.Room.Voice());
    }

    [Fact]
    public void Duration_Reached_LetsTheAgentCutIn()
    {
        _play.Options.Turns.UserTurnLimit.MaxDuration = TimeSpan.FromSeconds(5);
        _play.User.Says(Speech, from: 1, to: 20);
        _play.Play(12);
        var limit = _play.Of<UserTurnLimitReached>().First();
        Assert.Equal(5, limit.Duration.TotalSeconds, 0.05);
        Assert.InRange(_play.Room.Voice()[0].From, 6, 7);
        Assert.Equal(SpeechCause.UserTurnLimit, _play.Turns[0].Cause);
        Assert.Equal(SpeechOutcome.Completed, _play.Turns[0].Outcome);
        Assert.Contains(_play.Turns[0].Decisions, decision => decision.Reason == "the user's turn reached its limit");
    }

    [Fact]
    public void Words_Reached_LetTheAgentCutIn()
    {
        _play.Options.Turns.UserTurnLimit.MaxWords = 10;
        _play.User.Says(Speech, from: 1, to: 20);
        _play.Play(12);
        Assert.Equal(10, _play.Of<UserTurnLimitReached>().First().Words);
        Assert.Single(_play.Room.Voice().Take(1));
    }

    [Fact]
    public void Reached_Answer_IsMadeToBeBriefAndWithoutTools()
    {
        _play.Options.Turns.UserTurnLimit.MaxDuration = TimeSpan.FromSeconds(5);
        _play.Options.Turns.UserTurnLimit.Instructions = "Cut in.";
        _play.User.Says(Speech, from: 1, to: 20);
        _play.Play(9);
        Assert.Equal("Cut in.", _play.Model.Asked[0][^1].Text);
    }

    [Fact]
    public void Reached_SpeechThatGoesOn_DoesNotInterruptAndCountsAgainAfterwards()
    {
        _play.Options.Turns.UserTurnLimit.MaxDuration = TimeSpan.FromSeconds(5);
        _play.User.Says(Speech, from: 1, to: 10);
        _play.User.Says("are you still there", from: 12, to: 13);
        _play.Play(18);
        Assert.Equal(SpeechOutcome.Completed, _play.Turns[0].Outcome);
        Assert.Equal(["user: are you still there", "agent: All right."], _play.History.TakeLast(2));
    }

    [Fact]
    public void Reached_UserPausesAndSpeaksAgain_MayInterrupt()
    {
        _play.Options.Turns.UserTurnLimit.MaxDuration = TimeSpan.FromSeconds(5);
        _play.Model.Answer = messages => [new Microsoft.Extensions.AI.TextContent(messages.Count < 4 ? string.Join(' ', Enumerable.Repeat("blah", 40)) : "Yes?")];
        _play.User.Says(Speech, from: 1, to: 8);
        _play.User.Says("no no listen to me", from: 10, to: 12);
        _play.Play(18);
        Assert.Equal(SpeechOutcome.Interrupted, _play.Turns[0].Outcome);
        Assert.Equal("user: no no listen to me", _play.History[^2]);
    }

    [Fact]
    public void Duration_AnsweredTurns_EachHaveTheirOwn()
    {
        _play.Options.Turns.UserTurnLimit.MaxDuration = TimeSpan.FromSeconds(3);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.User.Says("and in Tokyo", from: 5, to: 6);
        _play.Play(10);
        Assert.Empty(_play.Of<UserTurnLimitReached>());
        Assert.Equal(2, _play.Turns.Count);
    }
}
