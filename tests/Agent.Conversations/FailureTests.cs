using Agent.Pipeline.Errors;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>Engines that fail.</summary>
public class FailureTests
{
    private readonly Screenplay _play = new();

    [Fact]
    public void Model_FailsOnce_TheNextTurnIsAnswered()
    {
        var calls = 0;
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.Model.Answer = _ => ++calls == 1 ? throw new HttpRequestException("no route") : [new TextContent("Here I am.")];
        _play.User.Says("hello", from: 1, to: 2);
        _play.User.Says("are you there", from: 5, to: 6);
        _play.Play(12);
        Assert.Equal(["user: hello", "user: are you there", "agent: Here I am."], _play.History);
        Assert.Equal([SpeechOutcome.Failed, SpeechOutcome.Completed], _play.Turns.Select(t => t.Outcome));
        Assert.Equal(SessionStage.LanguageModel, Assert.Single(_play.Of<ProviderFailed>()).Stage);
    }

    [Fact]
    public void Model_FailsThreeTimesInARow_EndsTheSession()
    {
        _play.Model.Answer = _ => throw new HttpRequestException("no route");
        for (var i = 0; i < 5; i++)
            _play.User.Says("hello", from: 1 + 4 * i, to: 2 + 4 * i);
        _play.Play(30);
        Assert.Equal(SessionCloseReason.Failed, _play.Result.Reason);
        Assert.IsType<HttpRequestException>(_play.Result.Error);
        Assert.Equal(3, _play.Of<ProviderFailed>().Count());
    }

    [Fact]
    public void Synthesizer_Fails_TheAgentListensAgain()
    {
        _play.Synthesizer.Error = new ProviderException("scripted", ProviderErrorKind.Connection, "gone", isTransient: true);
        _play.User.Says("hello", from: 1, to: 2);
        _play.Play(6);
        Assert.Equal(["user: hello"], _play.History);
        Assert.Equal(AgentState.Listening, _play.AgentStates.SkipLast(1).Last().State);
        Assert.Equal(SessionStage.TextToSpeech, Assert.Single(_play.Of<ProviderFailed>()).Stage);
        Assert.Equal(SpeechOutcome.Failed, Assert.Single(_play.Turns).Outcome);
    }

    [Fact]
    public void Recogniser_RefusesOnce_IsOpenedAgainAndHearsWhatWasSaidMeanwhile()
    {
        _play.Recogniser.OpenErrors.Enqueue(new ProviderException("scripted", ProviderErrorKind.Connection, "refused", isTransient: true));
        _play.User.Says("hello there", from: 0.3, to: 1);
        _play.Play(6);
        Assert.Equal("user: hello there", _play.History[0]);
        Assert.Equal(1, _play.Recogniser.Opened);
    }

    [Fact]
    public void Recogniser_RefusesForEver_EndsTheSession()
    {
        for (var i = 0; i < 5; i++)
            _play.Recogniser.OpenErrors.Enqueue(new ProviderException("scripted", ProviderErrorKind.Authentication, "wrong key"));
        _play.Play(30);
        Assert.Equal(SessionCloseReason.Failed, _play.Result.Reason);
        Assert.Equal(ProviderErrorKind.Authentication, Assert.IsType<ProviderException>(_play.Result.Error).Kind);
    }
}
