namespace Agent.Pipeline.Listening;

/// <summary>
/// Maps positions in one participant's audio to the session's clock. Frames arrive late and in bunches, but never early: the
/// earliest arrival seen is nearest to the truth, and drift of the two clocks is followed slowly.
/// </summary>
internal sealed class AudioClock
{
    private const int SampleRateHz = 16_000;

    // 0.05 % of a frame: follows clocks that differ by 500 parts per million.
    private static readonly TimeSpan s_drift = TimeSpan.FromMilliseconds(10 * 0.0005);

    private TimeSpan _offset;
    private bool _known;

    /// <summary>Takes note that the sample before a position has arrived.</summary>
    internal void Arrived(long endPosition, TimeSpan now)
    {
        var offset = now - Duration(endPosition);
        if (!_known || offset < _offset)
            _offset = offset;
        else if (offset > _offset)
            _offset += offset - _offset < s_drift ? offset - _offset : s_drift;
        _known = true;
    }

    /// <summary>When the sample at a position was spoken, as far as arrival tells.</summary>
    internal TimeSpan At(long position) => _offset + Duration(position);

    /// <summary>The position of the sample that was spoken at a time; the inverse of <see cref="At"/>.</summary>
    internal long PositionAt(TimeSpan time) => (time - _offset).Ticks / (TimeSpan.TicksPerSecond / SampleRateHz);

    private static TimeSpan Duration(long samples) => new(samples * (TimeSpan.TicksPerSecond / SampleRateHz));
}
