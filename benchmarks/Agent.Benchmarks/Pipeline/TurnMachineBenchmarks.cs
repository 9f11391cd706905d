using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.Pipeline;

/// <summary>Steps of the turn machine. Target: at most 5 µs, 0 bytes when nothing changes.</summary>
[MemoryDiagnoser]
public class TurnMachineBenchmarks
{
    private readonly TurnOptions _options = new();
    private readonly List<TurnEffect> _effects = [];
    private readonly TurnEvent _nothing = new TimerFired(TurnTimerKind.Endpointing, 99);
    private readonly TurnEvent[] _turn =
    [
        new UserStarted(TimeSpan.FromSeconds(1)),
        new UserInterim("what", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2)),
        new UserInterim("what time is it", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.9)),
        new UserStopped(TimeSpan.FromSeconds(2)),
        new UserFinal("what time is it", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)),
        new RecogniserFlushed(1),
        new CommitRequested(),
        new SpeechAudible("reply-1"),
        new SpeechEnded("reply-1"),
    ];

    private TurnState _state = TurnState.Initial;

    [GlobalSetup]
    public void Setup() => _state = TurnMachine.Step(TurnState.Initial, new ParticipantChanged(Linked: true), TimeSpan.Zero, _options, _effects);

    [Benchmark]
    public object NothingChanges() => TurnMachine.Step(_state, _nothing, TimeSpan.FromSeconds(1), _options, _effects);

    [Benchmark(OperationsPerInvoke = 9)]
    public object WholeTurnPerStep()
    {
        var state = _state;
        foreach (var turnEvent in _turn)
        {
            _effects.Clear();
            state = TurnMachine.Step(state, turnEvent, TimeSpan.FromSeconds(2.6), _options, _effects);
        }

        _effects.Clear();
        return state;
    }
}
