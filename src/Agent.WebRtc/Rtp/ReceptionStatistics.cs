namespace Agent.WebRtc.Rtp;

/// <summary>What a receiver report says about one source (RFC 3550, appendices A.1, A.3 and A.8).</summary>
internal sealed class ReceptionStatistics
{
    private const int MaxDropout = 3000;
    private uint _baseExtended;
    private uint _highestExtended;
    private long _received;
    private uint _expectedBefore;
    private long _receivedBefore;
    private double _jitter;
    private long _transitBefore;
    private TimeSpan _senderReportAt;
    private bool _started;

    public uint Ssrc { get; private set; }

    /// <summary>The middle 32 bits of the last sender report's NTP time; 0 before the first.</summary>
    public uint LastSenderReport { get; private set; }

    public bool HasNews { get; private set; }

    public void Received(in RtpPacket packet, int clockRateHz, TimeSpan now)
    {
        if (!_started || packet.Ssrc != Ssrc) Restart(packet);
        var delta = (short)(packet.SequenceNumber - (ushort)_highestExtended);
        if (delta is > MaxDropout or < -MaxDropout) Restart(packet);
        else if (delta > 0) _highestExtended += (uint)delta;
        _received++;
        HasNews = true;

        var transit = (long)(now.TotalSeconds * clockRateHz) - packet.Timestamp;
        if (_received > 1)
        {
            var difference = Math.Abs((double)(int)(uint)(transit - _transitBefore));
            _jitter += (difference - _jitter) / 16;
        }

        _transitBefore = transit;
    }

    public void SenderReported(uint middleNtp, TimeSpan now)
    {
        LastSenderReport = middleNtp;
        _senderReportAt = now;
    }

    /// <summary>Makes the next report block's numbers.</summary>
    public ReceptionReport Report(TimeSpan now)
    {
        HasNews = false;
        var expected = _highestExtended - _baseExtended + 1;
        var lost = Math.Clamp(expected - _received, -0x800000, 0x7FFFFF);
        var expectedInterval = expected - _expectedBefore;
        var lostInterval = expectedInterval - (_received - _receivedBefore);
        _expectedBefore = expected;
        _receivedBefore = _received;
        var fraction = expectedInterval == 0 || lostInterval <= 0 ? (byte)0 : (byte)Math.Min(255, (lostInterval << 8) / expectedInterval);
        var delay = LastSenderReport == 0 ? 0 : (uint)((now - _senderReportAt).TotalSeconds * 65_536);
        return new ReceptionReport(Ssrc, fraction, (int)lost, _highestExtended, (uint)_jitter, LastSenderReport, delay);
    }

    private void Restart(in RtpPacket packet)
    {
        if (packet.Ssrc != Ssrc) LastSenderReport = 0;
        Ssrc = packet.Ssrc;
        _baseExtended = _highestExtended = packet.SequenceNumber;
        _received = 0;
        _expectedBefore = 0;
        _receivedBefore = 0;
        _jitter = 0;
        _started = true;
    }
}
