using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Tests.Pipeline.Turns;

/// <summary>Drives the turn machine with any sequence of inputs, plays the executor, and checks after each step what must always hold.</summary>
internal sealed class MachineSimulation
{
    internal const int Inputs = 33;

    private readonly TurnOptions _options;
    private readonly List<TurnEffect> _effects = [];
    private readonly Dictionary<TurnTimerKind, TurnTimer> _timers = [];
    private readonly SimulatedAgent _agent = new();
    private readonly Dictionary<long, string> _turns = [];
    private bool _voice;
    private readonly Queue<long> _flushes = [];
    private long? _question;
    private int _words;
    private int _said;
    private AgentState _shown = AgentState.Initializing;

    internal MachineSimulation(TurnOptions options) => _options = options;

    internal TurnState State { get; private set; } = TurnState.Initial;

    internal TimeSpan Now { get; private set; }

    internal IReadOnlyDictionary<long, string> Turns => _turns;

    internal List<string> Trace { get; } = [];

    /// <summary>How many words of the agent were heard and entered the history.</summary>
    internal int WordsHeard => _agent.WordsHeard;

    internal void Feed(int input)
    {
        switch (input)
        {
            case 0 or 1 or 2: Pass(0.1); break;
            case 3: Pass(0.3); break;
            case 4: Pass(0.7); break;
            case 5: Pass(2.5); break;
            case 6: Apply(new ParticipantChanged(Linked: true)); break;
            case 7 or 8: Speak(); break;
            case 9 or 10: FallSilent(); break;
            case 11: Apply(new UserInterim($"w{++_words}", Now - TimeSpan.FromSeconds(0.2), Now)); break;
            case 12: Apply(new UserFinal($"w{++_words}", Now - TimeSpan.FromSeconds(0.3), Now)); break;
            case 13: AnswerFlush(); break;
            case 14: Audible(); break;
            case 15: EndSpeech(); break;
            case 16: Say(); break;
            case 17: Apply(new UserTyped("typed", $"typed-{++_said}")); break;
            case 18: Apply((_words++ % 4) switch { 0 => new InterruptRequested(Force: _words % 8 == 1), 1 => new ClearRequested(), 2 => new RecogniserEndedTurn(), _ => new CommitRequested() }); break;
            case 19: LateOrLeave(); break;
            case 20 or 21: AnswerQuestion((_words++ % 5) switch { 0 => null, 1 => 0.0, 2 => 0.3, 3 => 0.7, _ => 1.0 }); break;
            case 22: Apply(new RecogniserEndedTurn()); break;
            case 23: Apply((_words++ % 3) switch { 0 => new ModelListens(IsThere: false), 1 => new ModelListens(IsThere: true), _ => new ModelEndedTurn() }); break;
            case 24: Apply((_words++ % 2) == 0 ? new StartRequested() : new CommitRequested()); break;
            case 25: Apply(new UserFinal($"unvoiced{++_words}", Now - TimeSpan.FromSeconds(0.05), Now)); break;
            case 26 or 27: UseTools(); break;
            case 28: InterruptOne(); break;
            case 29: Understand("stop"); break;
            case 30: Understand("yeah"); break;
            case 31: Understand("what the agent says", isEcho: true); break;
            case 32: HoldQuestion(); break;
            default: throw new ArgumentOutOfRangeException(nameof(input));
        }
    }

    /// <summary>Nobody says anything any more; recogniser and playout do their work.</summary>
    internal void BeSilent(double seconds)
    {
        FallSilent();
        if (State.IsFloorHeld)
            Apply(new CommitRequested());
        for (var t = 0.0; t < seconds; t += 0.1)
        {
            AnswerFlush();
            AnswerQuestion(0.5);
            Audible();
            EndSpeech();
            Pass(0.1);
        }
    }

    internal void Apply(TurnEvent turnEvent)
    {
        var endsCurrent = turnEvent is SpeechEnded ended && ended.SpeechId == State.Current?.Id ? State.Current.Id : null;
        _effects.Clear();
        State = TurnMachine.Step(State, turnEvent, Now, _options, _effects);
        Trace.Add($"{Now.TotalSeconds:F1} {turnEvent} -> {string.Join("; ", _effects)}");
        if (endsCurrent is not null)
            _agent.End(endsCurrent);

        foreach (var effect in _effects)
            CarryOut(effect);
        Check();
    }

    private void CarryOut(TurnEffect effect)
    {
        switch (effect)
        {
            case StartTimer e:
                _timers[e.Timer.Kind] = e.Timer;
                break;
            case StopTimer e:
                Assert.True(_timers.Remove(e.Kind), $"the timer {e.Kind} was stopped and did not run");
                break;
            case WriteUserTurn e:
                Assert.NotEmpty(e.Text);
                _turns[e.Turn.Number] = e.Text;
                break;
            case Agent.Pipeline.Turns.Effects.FlushRecogniser e:
                _flushes.Enqueue(e.Flush);
                break;
            case AskDetector e:
                Assert.Null(_question);
                _question = e.Question;
                break;
            case DropQuestion e:
                Assert.Equal(_question, e.Question);
                _question = null;
                break;
            case ShowAgentState e:
                Assert.NotEqual(_shown, e.State);
                _shown = e.State;
                break;
            default:
                _agent.CarryOut(effect, State);
                break;
        }
    }

    private void Check()
    {
        _agent.Check(State, _options);
        Assert.True(_shown == State.Agent || (_shown == AgentState.Initializing && State.Agent == AgentState.Idle), "the state shown is not the state");

        Assert.Equal(_timers.Values.OrderBy(t => t.Kind), State.Timers.OrderBy(t => t.Kind));
        foreach (var timer in State.Timers)
        {
            var lives = timer.Kind switch
            {
                TurnTimerKind.Endpointing => State.Turn is { IsOpen: true, IsSpeaking: false, IsEndDecided: false },
                TurnTimerKind.DetectorDelay or TurnTimerKind.Detector => State is { BargeIn: null, IsFloorHeld: false, Turn: { IsOpen: true, IsSpeaking: false, IsEndDecided: false } },
                TurnTimerKind.UserTurnLimit => State.Turn is { IsOpen: true, IsEndDecided: false },
                TurnTimerKind.RunOn => State.RunOn is { IsIgnored: false },
                TurnTimerKind.Transcript => State.Turn.IsEndDecided,
                TurnTimerKind.BargeIn => State.BargeIn is { EndedAt: null },
                TurnTimerKind.FalseInterruption => State.BargeIn is { EndedAt: not null },
                TurnTimerKind.EchoWarmUp => State is { Turn.IsSpeaking: true, Current: not null },
                TurnTimerKind.Filler => State is { BargeIn: null, Turn.IsOpen: false, Current.SilentSince: not null },
                TurnTimerKind.Gap => State is { Current: null, Waiting.IsEmpty: false },
                TurnTimerKind.UserAway => State is { IsLinked: true, Current: null, Turn.IsOpen: false },
                _ => false,
            };
            Assert.True(lives, $"the timer {timer.Kind} outlives its state");
        }

        if (State is { BargeIn: null, IsFloorHeld: false, Turn: { IsOpen: true, IsSpeaking: false } turn } && (_options.Mode != EndpointingMode.Manual || turn.IsEndDecided))
        {
            Assert.True(
                State.Timers.Any(t => t.Kind is TurnTimerKind.Endpointing or TurnTimerKind.DetectorDelay or TurnTimerKind.Detector or TurnTimerKind.Transcript),
                "a turn that nobody ends");
        }

        Assert.True(State.RunOn is not { IsIgnored: false } || State.Turn.IsEndDecided || _timers.ContainsKey(TurnTimerKind.RunOn), "a voice that goes on and never counts");
        Assert.False(State is { IsFloorHeld: true, Turn.IsEndDecided: true }, "the floor is held in a turn that is over");
        Assert.False(State is { Turn: { IsDiscarded: true, IsSpeaking: false } }, "speech is discarded that is over");
        Assert.Equal(_question, State.Question is { IsAnswered: false } question ? question.Id : null);
        Assert.True(State.Question is null || State.Turn is { IsOpen: true, IsSpeaking: false, IsEndDecided: false }, "a question about no pause");
        Assert.True(State.RunOn is null || _voice, "a voice that goes on and is not there");
        Assert.True(!State.IsFloorHeld || State.Turn.IsOpen, "the floor is held and there is no turn");
        Assert.True(State.BargeIn is null || State.Current is not null, "a barge-in on nothing");
    }

    private void Pass(double seconds)
    {
        var until = Now + TimeSpan.FromSeconds(seconds);
        for (var fired = 0; ; fired++)
        {
            Assert.True(fired < 100, "timers fire for ever");
            var next = _timers.Values.Where(t => t.Due <= until).MinBy(t => (t.Due, t.Id));
            if (next is null)
                break;
            GoTo(next.Due);
            _timers.Remove(next.Kind);
            Apply(new TimerFired(next.Kind, next.Id));
        }

        GoTo(until);
    }

    private void GoTo(TimeSpan time)
    {
        if (time <= Now)
            return;
        _agent.Pass(time - Now);
        Now = time;
    }

    private void Speak()
    {
        if (_voice)
            return;
        _voice = true;
        Apply(new UserStarted(Now - TimeSpan.FromSeconds(0.06)));
    }

    private void FallSilent()
    {
        if (!_voice)
            return;
        Pass(0.3);
        _voice = false;
        Apply(new UserStopped(Now - TimeSpan.FromSeconds(0.28)));
    }

    private void AnswerFlush()
    {
        if (_flushes.TryDequeue(out var flush))
            Apply(new RecogniserFlushed(flush));
    }

    private void AnswerQuestion(double? probability)
    {
        // An answer that was dropped may come all the same.
        var question = _question ?? State.LastQuestion;
        _question = null;
        Apply(new DetectorAnswered(question, probability));
    }

    private void Audible()
    {
        if (_agent is { Playing: { } playing, IsHeld: false })
            Apply(new SpeechAudible(playing));
    }

    private void EndSpeech()
    {
        if (_agent is { Playing: { } playing, IsHeld: false })
            Apply(new SpeechEnded(playing));
    }

    /// <summary>Tools begin, end, and what they were needed for has sound; of whatever has the floor or stands behind.</summary>
    private void UseTools()
    {
        var which = _words++ % 4;
        if ((which == 3 ? _agent.Behind.LastOrDefault() : null) is { } behind)
            Apply(new SpeechReady(behind));
        else if ((which == 2 ? _agent.Behind.FirstOrDefault() : null) is { } first)
            Apply(new SpeechContinued(first));
        else if (_agent.Playing is { } playing)
            Apply(which == 1 ? new SpeechContinued(playing) : new SpeechSuspended(playing));
    }

    /// <summary>The application ends one utterance: one that speaks, stands behind or waits.</summary>
    private void InterruptOne()
    {
        var ids = State.Behind.Concat(State.Waiting).Select(speech => speech.Id).Prepend(_agent.Playing ?? "none").ToArray();
        Apply(new InterruptRequested(ids[_words++ % ids.Length], Force: _words % 2 == 0));
    }

    private void Say() => Apply(new SpeechRequested(new AgentSpeech
    {
        Id = $"said-{++_said}",
        Cause = SpeechCause.Said,
        Priority = _said % 3 * 5,
        IsProtected = _said % 4 == 0,
    }));

    private void LateOrLeave()
    {
        var which = _words++ % 4;
        if (which == 0)
            Apply(new ParticipantChanged(Linked: false));
        else if (which == 1 && State.IsLinked)
            Switch();
        else
            Apply(new UserFinal($"late{_words}", Now - TimeSpan.FromSeconds(6), Now - TimeSpan.FromSeconds(5)));
    }

    /// <summary>The ear of the one is closed: its voice has no end and its recogniser no answer.</summary>
    private void Switch()
    {
        _voice = false;
        _flushes.Clear();
        Apply(new ParticipantSwitched());
    }

    private void Understand(string words, bool isEcho = false)
    {
        var start = Now - TimeSpan.FromSeconds(0.3);
        Apply(_words++ % 2 == 0 ? new UserInterim(words, start, Now, isEcho) : new UserFinal(words, start, Now, isEcho));
    }

    private void HoldQuestion()
    {
        if (_agent.Playing is { } id && _agent.IsHeld)
            Apply(new QuestionHeld(id));
    }
}
