namespace Agent.Tests.Providers.Matrix;

/// <summary>When the agent's voice was heard, frame by frame of 10 ms. Written by the playout, asked by a test.</summary>
internal sealed class AgentEar
{
    private const short Audible = 64;

    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _loud = [];

    public void Hear(TimeSpan at, ReadOnlySpan<short> samples)
    {
        if (!samples.ContainsAnyExceptInRange((short)-Audible, Audible))
            return;
        lock (_gate)
            _loud.Add(at);
    }

    /// <summary>The first sound after a time; null when there was none.</summary>
    public TimeSpan? FirstAfter(TimeSpan time)
    {
        lock (_gate)
        {
            var index = _loud.BinarySearch(time);
            index = index < 0 ? ~index : index;
            return index < _loud.Count ? _loud[index] : null;
        }
    }

    /// <summary>The last sound so far; null when there was none.</summary>
    public TimeSpan? Last
    {
        get
        {
            lock (_gate)
                return _loud.Count == 0 ? null : _loud[^1];
        }
    }

    /// <summary>The longest time without sound between two moments.</summary>
    public TimeSpan LongestSilence(TimeSpan from, TimeSpan to)
    {
        lock (_gate)
        {
            var longest = TimeSpan.Zero;
            var last = from;
            foreach (var sound in _loud)
            {
                if (sound <= from)
                    continue;
                var until = sound < to ? sound : to;
                longest = until - last > longest ? until - last : longest;
                last = until;
            }

            return to - last > longest ? to - last : longest;
        }
    }
}
