using Agent.Pipeline.EndOfTurn;

namespace Agent.Pipeline.Listening;

/// <summary>
/// The last seconds of a participant's audio, for whoever judges it later. One loop writes, without locks and without allocating; anybody may read.
/// </summary>
internal sealed class RecentAudio
{
    private const int SampleRateHz = TurnQuestion.SampleRateHz;

    // The reader has as long as the difference before what it reads is written over.
    private const int Capacity = 10 * SampleRateHz;

    private static readonly int s_longest = (int)(TurnQuestion.MaxAudio.TotalSeconds * SampleRateHz);

    private readonly short[] _samples = new short[Capacity];
    private long _start = -1;
    private long _end;

    /// <summary>Takes the next samples; what is missing before them is silence.</summary>
    internal void Add(ReadOnlySpan<short> samples, long position)
    {
        var end = Volatile.Read(ref _end);
        if (_start < 0 || position < end || position - end > Capacity)
        {
            // Another stream of positions: nothing before it is of use.
            Volatile.Write(ref _end, position);
            Volatile.Write(ref _start, position);
        }

        for (var missing = Volatile.Read(ref _end); missing < position; missing++)
            _samples[missing % Capacity] = 0;
        var place = (int)(position % Capacity);
        var first = Math.Min(samples.Length, Capacity - place);
        samples[..first].CopyTo(_samples.AsSpan(place));
        samples[first..].CopyTo(_samples);
        Volatile.Write(ref _end, position + samples.Length);
    }

    /// <summary>A copy of what was heard since a position, at most the last 8 s.</summary>
    internal short[] Since(long position)
    {
        while (true)
        {
            var end = Volatile.Read(ref _end);
            var from = Math.Max(Math.Max(position, Volatile.Read(ref _start)), end - s_longest);
            if (from >= end)
                return [];
            var copy = new short[end - from];
            for (var i = 0; i < copy.Length; i++)
                copy[i] = _samples[(from + i) % Capacity];
            if (Volatile.Read(ref _end) - from <= Capacity)
                return copy;
        }
    }
}
