using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Tests.Pipeline.Turns;

/// <summary>The agent's voice as the machine wants it: each utterance starts and ends once, and at most one is prepared, speaks, or is held.</summary>
internal sealed class SimulatedAgent
{
    private readonly HashSet<string> _started = [];
    private readonly HashSet<string> _ended = [];
    private readonly List<string> _floor = [];
    private readonly SimulatedPlayout _playout = new();
    private string? _prepared;

    internal bool IsHeld { get; private set; }

    internal string? Playing { get; private set; }

    /// <summary>What let the others speak, the next to go on last.</summary>
    internal IEnumerable<string> Behind => _floor.Where(id => id != Playing);

    /// <summary>How many words were heard and entered the history.</summary>
    internal int WordsHeard => _playout.WordsHeard;

    /// <summary>Lets the room hear what there is to be heard in a time.</summary>
    internal void Pass(TimeSpan time) => _playout.Pass(IsHeld ? null : Playing, time);

    internal void CarryOut(TurnEffect effect, TurnState state)
    {
        switch (effect)
        {
            case PrepareSpeech e:
                Assert.Null(_prepared);
                Assert.DoesNotContain(e.Speech.Id, _started);
                Assert.Equal(state.Turn.Text, e.UserText);
                _prepared = e.Speech.Id;
                break;
            case DiscardSpeech e:
                Assert.Equal(_prepared, e.Speech.Id);
                _prepared = null;
                break;
            case StartSpeech e:
                Assert.True(_prepared is null || _prepared == e.Speech.Id, $"{e.Speech.Id} started while {_prepared} is prepared");
                _prepared = null;
                Assert.Empty(_floor);
                Start(e.Speech.Id);
                break;
            case InterjectSpeech e:
                Assert.False(IsHeld, "somebody else speaks while the voice is held");
                Assert.NotNull(Playing);
                Start(e.Speech.Id);
                break;
            case ReturnSpeech e:
                Assert.Null(Playing);
                Assert.Equal(_floor[^1], e.Speech.Id);
                Playing = e.Speech.Id;
                IsHeld = e.Speech.IsHeld;
                break;
            case StopSpeech e:
                End(e.Speech.Id);
                break;
            case HoldSpeech e:
                Assert.Equal(Playing, e.Speech.Id);
                Assert.False(IsHeld, "held twice");
                IsHeld = true;
                break;
            case ReleaseSpeech e:
                Assert.Equal(Playing, e.Speech.Id);
                Assert.True(IsHeld, "released and not held");
                IsHeld = false;
                _playout.Release(e.Speech.Id);
                break;
        }
    }

    internal void End(string id)
    {
        Assert.True(_ended.Add(id), $"{id} ended twice");
        _floor.Remove(id);
        _playout.End(id);
        if (Playing == id)
            (Playing, IsHeld) = (null, false);
    }

    internal void Check(TurnState state, TurnOptions options)
    {
        Assert.Equal(Playing, state.Current?.Id);
        Assert.Equal(Behind, state.Behind.Select(speech => speech.Id));
        Assert.True(state.Current is not null || state.Behind.IsEmpty, "something waits behind nothing");
        Assert.Equal(IsHeld, state.Current?.IsHeld ?? false);
        if (state.Agent == AgentState.Speaking)
            Assert.True(state.Current is { IsHeld: false, SilentSince: null }, "speaking with nothing to be heard");
        Assert.True(state.Behind.All(speech => speech.SilentSince is not null), "two speak at once");

        Assert.Equal(_prepared, state.Prepared?.Speech.Id);
        Assert.True(
            state is { Prepared: null } or { Current: null, BargeIn: null, IsLinked: true, Turn: { IsOpen: true, IsSpeaking: false, HasText: true } },
            "an answer is prepared to nothing");
        Assert.InRange(state.Turn.Preparations, 0, options.Preemptive.MaxAttempts);
        Assert.True((state.Current?.Fillers ?? 0) <= options.Fillers.MaxCount, "too many fillers");
    }

    private void Start(string id)
    {
        Assert.True(_started.Add(id), $"{id} started twice");
        _floor.Add(id);
        _playout.Start(id);
        Playing = id;
        IsHeld = false;
    }
}
