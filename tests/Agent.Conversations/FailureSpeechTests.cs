using Agent.Pipeline.Errors;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>Where everything fails the agent says so, and goes on when it can.</summary>
public class FailureSpeechTests
{
    private const string Sorry = "Sorry, something is wrong.";
    private static readonly ProviderException s_gone = new("scripted", ProviderErrorKind.Connection, "gone", isTransient: true);

    private readonly Screenplay _play = new();

    public FailureSpeechTests()
    {
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.Cast(agent => agent with { FailureSpeech = new FailureSpeech(new RecordedSpeech(Sorry, 24_000, Enumerable.Repeat((short)700, 24_000).ToArray())) });
    }

    [Fact]
    public void Model_Fails_TheAgentSaysSoAndAnswersTheNextTurn()
    {
        var calls = 0;
        _play.Model.Answer = _ => ++calls == 1 ? throw new HttpRequestException("no route") : [new TextContent("Here I am.")];
        _play.User.Says("hello", from: 1, to: 2);
        _play.User.Says("are you there", from: 6, to: 7);
        _play.Play(14);
        Assert.Equal(["user: hello", $"agent: {Sorry}", "user: are you there", "agent: Here I am."], _play.History);
        Assert.Equal([SpeechCause.UserTurn, SpeechCause.Failure, SpeechCause.UserTurn], _play.Turns.Select(turn => turn.Cause));
        Assert.Equal([SpeechOutcome.Failed, SpeechOutcome.Completed, SpeechOutcome.Completed], _play.Turns.Select(turn => turn.Outcome));
        Assert.InRange(_play.Room.Voice()[0].From, 2, 4);
        Assert.Contains(Sorry, _play.AgentCaptions, StringComparison.Ordinal);
    }

    [Fact]
    public void Synthesizer_Fails_TheAgentSaysSoInTheVoiceThatWasMadeBefore()
    {
        _play.At(1, _ => _play.Synthesizer.Error = s_gone);
        _play.At(5, _ => _play.Synthesizer.Error = null);
        _play.User.Says("hello", from: 1, to: 2);
        _play.User.Says("are you there", from: 6, to: 7);
        _play.Play(14);
        Assert.Equal(["user: hello", $"agent: {Sorry}", "user: are you there", "agent: All right."], _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 2, 4);
    }

    [Fact]
    public void Recogniser_IsGoneWhileTheUserSpeaks_TheAgentSaysSoWithinTwoSecondsAndUnderstandsTheNextTurn()
    {
        _play.At(1.2, _ =>
        {
            for (var i = 0; i < 3; i++)
                _play.Recogniser.OpenErrors.Enqueue(s_gone);
            _play.Recogniser.Breaks(s_gone);
        });
        _play.Options.MaxFailuresInARow = 10;
        _play.User.Says("hello", from: 1, to: 2);
        _play.User.Says("are you there", from: 12, to: 13);
        _play.Play(18);
        Assert.Equal($"agent: {Sorry}", _play.History[0]);
        Assert.Contains("user: are you there", _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 2, 4);
    }

    [Fact]
    public void Recogniser_HangsForEver_TheAgentSaysSo()
    {
        _play.Recogniser.Answers = false;
        _play.Recogniser.Understands = false;
        _play.User.Says("hello", from: 1, to: 2);
        _play.Play(9);
        Assert.Equal([$"agent: {Sorry}"], _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 2, 5);
    }

    [Fact]
    public void Cough_RecogniserWasReplacedAndWell_NothingIsSaid()
    {
        _play.At(0.5, _ => _play.Recogniser.Breaks(s_gone));
        _play.User.Coughs(from: 2, to: 2.8);
        _play.Play(9);
        Assert.Empty(_play.History);
        Assert.Single(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void Model_FailsTooOften_IsHeardBeforeTheSessionCloses()
    {
        _play.Model.Answer = _ => throw new HttpRequestException("no route");
        for (var i = 0; i < 5; i++)
            _play.User.Says("hello", from: 1 + 4 * i, to: 2 + 4 * i);
        _play.Play(30);
        Assert.Equal(SessionCloseReason.Failed, _play.Result.Reason);
        Assert.IsType<HttpRequestException>(_play.Result.Error);
        Assert.Equal(3, _play.Turns.Count(turn => turn is { Cause: SpeechCause.Failure, Outcome: SpeechOutcome.Completed }));
        Assert.Equal(3, _play.Room.Voice().Count);
    }

    [Fact]
    public void Recogniser_RefusesForEver_IsHeardBeforeTheSessionCloses()
    {
        for (var i = 0; i < 20; i++)
            _play.Recogniser.OpenErrors.Enqueue(s_gone);
        _play.Play(30);
        Assert.Equal(SessionCloseReason.Failed, _play.Result.Reason);
        Assert.Equal([$"agent: {Sorry}"], _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 0, 4);
    }

    [Fact]
    public void Everything_FailsForEver_IsSaidThreeTimesAndThenNoMore()
    {
        _play.Options.MaxFailuresInARow = 100;
        _play.Model.Answer = _ => throw new HttpRequestException("no route");
        for (var i = 0; i < 6; i++)
            _play.User.Says("hello", from: 1 + 5 * i, to: 2 + 5 * i);
        _play.Play(40);
        Assert.Equal(3, _play.Turns.Count(turn => turn.Cause == SpeechCause.Failure));
    }

    [Fact]
    public void User_InterruptsIt_TakesTheFloor()
    {
        var calls = 0;
        _play.Model.Answer = _ => ++calls == 1 ? throw new HttpRequestException("no route") : [new TextContent("Here I am.")];
        _play.Cast(agent => agent with { FailureSpeech = new FailureSpeech(new RecordedSpeech(Sorry, 24_000, Enumerable.Repeat((short)700, 24_000 * 8).ToArray())) });
        _play.User.Says("hello", from: 1, to: 2);
        _play.User.Says("never mind tell me the time", from: 4, to: 6);
        _play.Play(14);
        Assert.EndsWith(" –", _play.History[1], StringComparison.Ordinal);
        Assert.Equal("agent: Here I am.", _play.History[^1]);
    }

    [Fact]
    public void Making_SynthesizerDownAtFirst_IsAskedAgainUntilItIsThere()
    {
        FailureSpeech? speech = null;
        _play.Synthesizer.Error = s_gone;
        _play.Cast(agent => agent with { FailureSpeech = speech = new FailureSpeech(Sorry, _play.Synthesizer, _play.Time) });
        var missing = false;
        _play.At(2, _ => missing = speech!.Recording is null);
        _play.At(2.5, _ => _play.Synthesizer.Error = null);
        _play.At(8, session => speech!.DisposeAsync().AsTask());
        _play.Play(9);
        Assert.True(missing);
        Assert.Equal(Sorry, speech!.Recording?.Text);
        Assert.Equal(24_000 * 0.3 * 4, speech.Recording!.Samples.Length, 0.5);
        Assert.Equal(["Sorry,", "something", "is", "wrong."], speech.Recording.Words.Select(word => word.Text));
    }
}
