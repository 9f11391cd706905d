namespace Agent.WebRtc.Rtp;

/// <summary>
/// Turns packets of changing sources into one continuous stream: sequence numbers go on without a gap, timestamps
/// go on as far as the clock did.
/// </summary>
internal sealed class RtpRewriter(ushort firstSequenceNumber, uint firstTimestamp)
{
    private object? _source;
    private uint _sourceSsrc;
    private ushort _sequenceOffset;
    private uint _timestampOffset;
    private ushort _highestSequence = (ushort)(firstSequenceNumber - 1);
    private uint _highestTimestamp = firstTimestamp;
    private TimeSpan _highestAt;
    private bool _started;

    /// <summary>The timestamp of the newest packet.</summary>
    public uint LastTimestamp => _highestTimestamp;

    /// <summary>When the newest packet was sent.</summary>
    public TimeSpan LastAt => _highestAt;

    /// <param name="source">Whom the packet comes from.</param>
    /// <param name="ssrc">Its synchronisation source.</param>
    /// <param name="sequenceNumber">Its sequence number.</param>
    /// <param name="timestamp">Its timestamp.</param>
    /// <param name="clockRateHz">The clock rate, the same for all sources.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to send it with.</returns>
    public (ushort SequenceNumber, uint Timestamp) Rewrite(object source, uint ssrc, ushort sequenceNumber, uint timestamp, int clockRateHz, TimeSpan now)
    {
        if (!ReferenceEquals(source, _source) || ssrc != _sourceSsrc)
        {
            _source = source;
            _sourceSsrc = ssrc;
            var elapsed = _started ? (uint)Math.Max(1, (now - _highestAt).TotalSeconds * clockRateHz) : 0;
            _sequenceOffset = (ushort)(_highestSequence + 1 - sequenceNumber);
            _timestampOffset = _highestTimestamp + elapsed - timestamp;
            _started = true;
        }

        var sequence = (ushort)(sequenceNumber + _sequenceOffset);
        var time = timestamp + _timestampOffset;
        if ((short)(sequence - _highestSequence) > 0)
        {
            _highestSequence = sequence;
            _highestTimestamp = time;
            _highestAt = now;
        }

        return (sequence, time);
    }

    /// <summary>The sequence number after the newest, for packets of one's own making.</summary>
    public ushort Next(uint timestamp, TimeSpan now)
    {
        _source = null;
        _started = true;
        _highestTimestamp = timestamp;
        _highestAt = now;
        return ++_highestSequence;
    }
}
