using System.Buffers.Binary;
using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Rtcp;

/// <summary>Writes a compound packet into a buffer of the caller's; what does not fit is refused whole.</summary>
internal ref struct RtcpWriter(Span<byte> buffer)
{
    private const int MaxCount = 31;
    private const byte CanonicalNameItem = 1;
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    /// <summary>A sender report (RFC 3550, section 6.4.1).</summary>
    public bool AddSenderReport(uint ssrc, ulong ntp, uint rtpTimestamp, uint packets, uint octets, scoped ReadOnlySpan<ReceptionReport> reports)
    {
        if (!TryBegin(RtcpPacketType.SenderReport, Math.Min(reports.Length, MaxCount), 24 + (24 * Math.Min(reports.Length, MaxCount)), out var body)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(body[4..], ntp);
        BinaryPrimitives.WriteUInt32BigEndian(body[12..], rtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(body[16..], packets);
        BinaryPrimitives.WriteUInt32BigEndian(body[20..], octets);
        WriteReports(body[24..], reports);
        return true;
    }

    /// <summary>A receiver report (RFC 3550, section 6.4.2).</summary>
    public bool AddReceiverReport(uint ssrc, scoped ReadOnlySpan<ReceptionReport> reports)
    {
        if (!TryBegin(RtcpPacketType.ReceiverReport, Math.Min(reports.Length, MaxCount), 4 + (24 * Math.Min(reports.Length, MaxCount)), out var body)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        WriteReports(body[4..], reports);
        return true;
    }

    /// <summary>A source description with a canonical name (RFC 3550, section 6.5.1).</summary>
    public bool AddCanonicalName(uint ssrc, ReadOnlySpan<byte> name)
    {
        var length = (4 + 2 + name.Length + 1 + 3) & ~3; // at least one null byte ends the chunk
        if (name.Length > byte.MaxValue || !TryBegin(RtcpPacketType.SourceDescription, 1, length, out var body)) return false;
        body.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        body[4] = CanonicalNameItem;
        body[5] = (byte)name.Length;
        name.CopyTo(body[6..]);
        return true;
    }

    /// <summary>Says that a source sends no more (RFC 3550, section 6.6).</summary>
    public bool AddGoodbye(uint ssrc)
    {
        if (!TryBegin(RtcpPacketType.Goodbye, 1, 4, out var body)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        return true;
    }

    /// <summary>Asks for a key frame (RFC 4585, section 6.3.1).</summary>
    public bool AddPictureLoss(uint senderSsrc, uint mediaSsrc)
    {
        if (!TryBegin(RtcpPacketType.PayloadFeedback, RtcpFeedback.PictureLoss, 8, out var body)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, senderSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], mediaSsrc);
        return true;
    }

    /// <summary>Asks for packets again (RFC 4585, section 6.2.1).</summary>
    public bool AddNack(uint senderSsrc, uint mediaSsrc, scoped ReadOnlySpan<ushort> ascending)
    {
        Span<uint> pairs = stackalloc uint[ascending.Length];
        var count = 0;
        foreach (var sequence in ascending)
        {
            if (count > 0)
            {
                var distance = (ushort)(sequence - (ushort)(pairs[count - 1] >> 16));
                if (distance is > 0 and <= 16)
                {
                    pairs[count - 1] |= 1u << (distance - 1);
                    continue;
                }
            }

            pairs[count++] = (uint)sequence << 16;
        }

        if (!TryBegin(RtcpPacketType.TransportFeedback, RtcpFeedback.Nack, 8 + (4 * count), out var body)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, senderSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], mediaSsrc);
        for (var i = 0; i < count; i++) BinaryPrimitives.WriteUInt32BigEndian(body[(8 + (4 * i))..], pairs[i]);
        return true;
    }

    private static void WriteReports(Span<byte> body, scoped ReadOnlySpan<ReceptionReport> reports)
    {
        foreach (var report in reports[..Math.Min(reports.Length, MaxCount)])
        {
            BinaryPrimitives.WriteUInt32BigEndian(body, report.Ssrc);
            BinaryPrimitives.WriteUInt32BigEndian(body[4..], ((uint)report.FractionLost << 24) | ((uint)report.CumulativeLost & 0xFFFFFF));
            BinaryPrimitives.WriteUInt32BigEndian(body[8..], report.HighestSequence);
            BinaryPrimitives.WriteUInt32BigEndian(body[12..], report.Jitter);
            BinaryPrimitives.WriteUInt32BigEndian(body[16..], report.LastSenderReport);
            BinaryPrimitives.WriteUInt32BigEndian(body[20..], report.DelaySinceLastSenderReport);
            body = body[24..];
        }
    }

    private bool TryBegin(RtcpPacketType type, int count, int bodyLength, out Span<byte> body)
    {
        body = default;
        if (_buffer.Length - Length < 4 + bodyLength) return false;
        var packet = _buffer[Length..];
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(bodyLength / 4));
        body = packet.Slice(4, bodyLength);
        Length += 4 + bodyLength;
        return true;
    }
}
