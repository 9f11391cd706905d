namespace Agent.Playground.Check;

/// <summary>
/// Maps the samples of one stream to a common clock. Samples are seen late by an amount that varies; the earliest seen in a sample's
/// neighbourhood tells where the stream really stands, so that a late or bursty arrival does not move the measurement, and a pause of the stream does.
/// </summary>
internal sealed class SampleClock(int sampleRateHz)
{
    private static readonly TimeSpan s_neighbourhood = TimeSpan.FromSeconds(0.5);

    private readonly List<(long Position, TimeSpan Offset)> _seen = [];

    /// <summary>Notes that the sample at <paramref name="position"/>, no earlier one than before, was there at <paramref name="now"/>.</summary>
    internal void Observe(long position, TimeSpan now) => _seen.Add((position, now - Duration(position)));

    /// <summary>When the sample at <paramref name="position"/> was there, on the common clock.</summary>
    /// <exception cref="InvalidOperationException">Nothing was seen yet.</exception>
    internal TimeSpan TimeOf(long position)
    {
        if (_seen.Count == 0)
            throw new InvalidOperationException("Nothing was seen yet.");
        var reach = (long)(s_neighbourhood.TotalSeconds * sampleRateHz);
        var centre = Math.Clamp(IndexOf(position), 0, _seen.Count - 1);
        var offset = _seen[centre].Offset;
        for (var i = centre - 1; i >= 0 && _seen[i].Position >= position - reach; i--)
            offset = _seen[i].Offset < offset ? _seen[i].Offset : offset;
        for (var i = centre + 1; i < _seen.Count && _seen[i].Position <= position + reach; i++)
            offset = _seen[i].Offset < offset ? _seen[i].Offset : offset;
        return offset + Duration(position);
    }

    /// <summary>Which sample was there at <paramref name="time"/>: the last one whose time is no later.</summary>
    internal long PositionAt(TimeSpan time)
    {
        long low = 0;
        var high = _seen.Count == 0 ? 0 : _seen[^1].Position + (long)(Math.Max(0, (time - TimeOf(_seen[^1].Position)).TotalSeconds) * sampleRateHz);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (TimeOf(middle) <= time)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private int IndexOf(long position)
    {
        var (low, high) = (0, _seen.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_seen[middle].Position < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private TimeSpan Duration(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / sampleRateHz);
}
