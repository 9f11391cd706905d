using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Tests.Pipeline.Turns;

/// <summary>A speech-to-speech model ends the user's turns: its words come late or never, and it answers the voice.</summary>
public class RealtimeTurnTests
{
    private readonly TurnOptions _options = new() { DetectionDelay = TimeSpan.FromSeconds(0.28), Interruption = { EchoWarmUp = TimeSpan.Zero } };
    private readonly List<TurnEffect> _effects = [];
    private TurnState _state = TurnState.Initial;

    public RealtimeTurnTests()
    {
        _options.Endpointing.Mode = EndpointingMode.Realtime;
        Step(0, new ParticipantChanged(Linked: true));
    }

    [Fact]
    public void ModelEndedTurn_NoWordsYet_IsAnsweredAtOnce()
    {
        Speak(1, 2);
        var effects = Step(2.4, new ModelEndedTurn());
        Assert.Equal(SpeechCause.UserTurn, Assert.Single(effects.OfType<StartSpeech>()).Speech.Cause);
        Assert.DoesNotContain(effects, effect => effect is ReportUntranscribed or WriteUserTurn or FlushRecogniser);
    }

    [Fact]
    public void Final_AfterTheAnswerBegan_EntersTheHistoryInItsPlaceAndIsNotAnsweredAgain()
    {
        Speak(1, 2);
        var speech = Step(2.4, new ModelEndedTurn()).OfType<StartSpeech>().Single().Speech;
        Step(2.6, new SpeechAudible(speech.Id));
        var effects = Step(2.8, new UserFinal("what time is it", Seconds(1), Seconds(2)));
        var written = Assert.IsType<WriteUserTurn>(Assert.Single(effects));
        Assert.Equal((1, "what time is it"), (written.Turn.Number, written.Text));
        Assert.Equal(speech.Id, _state.Current?.Id);
    }

    [Fact]
    public void Silence_ModelSaysNothing_EndsAfterTheLongestDelay()
    {
        Speak(1, 2);
        var timer = _state.Timer(TurnTimerKind.Endpointing);
        Assert.Equal(Seconds(10), timer?.Due);
        Assert.Contains(Step(10, new TimerFired(timer!.Kind, timer.Id)), effect => effect is StartSpeech);
    }

    [Fact]
    public void Silence_ModelCannotBeReached_EndsTheTurnLikePlainSilence()
    {
        Step(0.5, new ModelListens(IsThere: false));
        Speak(1, 2);
        var timer = _state.Timer(TurnTimerKind.Endpointing);
        Assert.Equal(Seconds(2.5), timer?.Due);
        Assert.Contains(Step(2.5, new TimerFired(timer!.Kind, timer.Id)), effect => effect is StartSpeech);
    }

    [Fact]
    public void ModelListens_LostInTheSilenceAfterATurn_EndsItAtOnce()
    {
        Speak(1, 2);
        Assert.Contains(Step(3.5, new ModelListens(IsThere: false)), effect => effect is StartSpeech);
    }

    [Fact]
    public void ModelListens_BackInTheSilenceAfterATurn_IsWaitedForAgain()
    {
        Step(0.5, new ModelListens(IsThere: false));
        Speak(1, 2);
        Step(2.4, new ModelListens(IsThere: true));
        Assert.Equal(Seconds(10), _state.Timer(TurnTimerKind.Endpointing)?.Due);
    }

    [Fact]
    public void Voice_OverTheAnswer_PausesItAndTakesTheFloor()
    {
        Speak(1, 2);
        var speech = Step(2.4, new ModelEndedTurn()).OfType<StartSpeech>().Single().Speech;
        Step(2.6, new SpeechAudible(speech.Id));
        Assert.Contains(Step(4, new UserStarted(Seconds(3.95))), effect => effect is HoldSpeech);
        Step(5.2, new UserInterim("stop it please", Seconds(3.95), Seconds(5)));
        var effects = Step(6.3, new UserStopped(Seconds(6)));
        Assert.Null(_state.BargeIn);
        Assert.Contains(_effects.Concat(effects), effect => effect is StopSpeech { ByUser: true });
        Assert.Contains(Step(6.5, new ModelEndedTurn()), effect => effect is StartSpeech);
    }

    [Fact]
    public void ModelEndedTurn_NothingWasHeard_IsNoTurn()
    {
        Assert.Empty(Step(1, new ModelEndedTurn()));
        Assert.Null(_state.Current);
    }

    [Fact]
    public void RecogniserEndedTurn_InThisMode_DecidesNothing()
    {
        Speak(1, 2);
        var before = _state;
        Step(2.4, new RecogniserEndedTurn());
        Assert.Same(before, _state);
    }

    [Fact]
    public void Silence_ModelHearsAndTheSessionEndsTurns_IsAnsweredWithoutWords()
    {
        var options = new TurnOptions { DetectionDelay = TimeSpan.FromSeconds(0.28), ModelHears = true };
        options.Endpointing.Mode = EndpointingMode.VoiceActivity;
        List<TurnEffect> effects = [];
        var state = TurnMachine.Step(TurnState.Initial, new ParticipantChanged(Linked: true), TimeSpan.Zero, options, effects);
        state = TurnMachine.Step(state, new UserStarted(Seconds(1)), Seconds(1.05), options, effects);
        state = TurnMachine.Step(state, new UserStopped(Seconds(2)), Seconds(2.28), options, effects);
        state = TurnMachine.Step(state, new RecogniserFlushed(1), Seconds(2.28), options, effects);
        var timer = state.Timer(TurnTimerKind.Endpointing);
        Assert.Equal(Seconds(2.5), timer?.Due);
        TurnMachine.Step(state, new TimerFired(timer!.Kind, timer.Id), Seconds(2.5), options, effects);
        Assert.Contains(effects, effect => effect is ReportEndOfTurn);
        Assert.Contains(effects, effect => effect is StartSpeech);
        Assert.DoesNotContain(effects, effect => effect is ReportUntranscribed or PrepareSpeech);
    }

    [Fact]
    public void Mode_Automatic_IsRealtimeWhereAModelHears() =>
        Assert.Equal(EndpointingMode.Realtime, new TurnOptions { ModelHears = true, DetectorThreshold = 0.5 }.Mode);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Speak(double from, double to)
    {
        Step(from + 0.05, new UserStarted(Seconds(from)));
        Step(to + 0.28, new UserStopped(Seconds(to)));
    }

    private List<TurnEffect> Step(double at, TurnEvent turnEvent)
    {
        List<TurnEffect> effects = [];
        _state = TurnMachine.Step(_state, turnEvent, Seconds(at), _options, effects);
        _effects.AddRange(effects);
        return effects;
    }
}
