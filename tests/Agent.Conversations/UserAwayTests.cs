using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>A user of whom nothing is heard counts as away.</summary>
public sealed class UserAwayTests
{
    private readonly Screenplay _play = new();

    private IEnumerable<(double At, UserState State)> States => _play.Of<UserStateChanged>().Select(e => (Math.Round(e.At.TotalSeconds), e.State));

    [Fact]
    public void Silence_OfBothSides_IsAway()
    {
        _play.User.Says("hello", from: 1, to: 2);
        _play.Play(30);
        var spoke = _play.Room.Voice()[^1].To;
        var away = Assert.Single(_play.Of<UserStateChanged>(), e => e.State == UserState.Away);
        Assert.Equal(spoke + 15, away.At.TotalSeconds, 0.2);
    }

    [Fact]
    public void Silence_WhileAToolRuns_IsNotAway()
    {
        _play.Tools.Add(AIFunctionFactory.Create(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(40), _play.Time);
            return "done";
        }, "look_up"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("Found it.")]
            : [new FunctionCallContent("1", "look_up")];
        _play.User.Says("look it up", from: 1, to: 2);
        _play.Play(50);
        Assert.DoesNotContain(States, state => state.State == UserState.Away);
        Assert.Equal("agent: Found it.", _play.History[^1]);
    }

    [Fact]
    public void Away_AgentSpeaks_IsStillAway()
    {
        _play.At(18, session => _ = session.Say("Are you still there?"));
        _play.Play(45);
        Assert.Equal([(15, UserState.Away)], States);
    }

    [Fact]
    public void Away_UserSpeaks_IsBack()
    {
        _play.User.Says("hello", from: 20, to: 21);
        _play.Play(28);
        Assert.Equal([UserState.Away, UserState.Speaking, UserState.Listening], States.Select(state => state.State));
    }

    [Fact]
    public void Away_UserTypes_IsBack()
    {
        _play.At(20, _ => _play.Room.Type("hello"));
        _play.Play(28);
        Assert.Equal([(15, UserState.Away), (20, UserState.Listening)], States);
    }

    [Fact]
    public void Timeout_Zero_NeverAway()
    {
        _play.Options.Turns.UserAwayTimeout = TimeSpan.Zero;
        _play.Play(60);
        Assert.Empty(States);
    }

    [Fact]
    public void User_SilentForLong_IsAwayUntilHeardAgain()
    {
        _play.User.Says("hello", from: 20, to: 21);
        _play.Play(25);
        var states = _play.Of<UserStateChanged>().Select(e => (e.State, e.At.TotalSeconds)).ToList();
        Assert.Equal(UserState.Away, states[0].State);
        Assert.Equal(15, states[0].TotalSeconds, 0.1);
        Assert.Equal(UserState.Speaking, states[1].State);
        Assert.Equal(UserState.Listening, states[2].State);
    }
}
