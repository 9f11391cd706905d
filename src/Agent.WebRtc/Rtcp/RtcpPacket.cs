using System.Buffers.Binary;
using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Rtcp;

/// <summary>A view of one packet of a compound; its length was checked.</summary>
internal readonly ref struct RtcpPacket(RtcpPacketType type, int count, ReadOnlySpan<byte> body)
{
    private const int SenderInfoLength = 24;
    private const int ReportBlockLength = 24;

    public RtcpPacketType Type { get; } = type;

    /// <summary>The header's five-bit count, subtype or feedback message type.</summary>
    public int Count { get; } = count;

    /// <summary>Everything after the four-byte header, without padding.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The first word of the body: the source that sent it.</summary>
    public uint SenderSsrc => Body.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(Body) : 0;

    /// <summary>The second word of a feedback message: the source that it is about.</summary>
    public uint MediaSsrc => Body.Length >= 8 ? BinaryPrimitives.ReadUInt32BigEndian(Body[4..]) : 0;

    /// <summary>What follows the two words of a feedback message.</summary>
    public ReadOnlySpan<byte> FeedbackControl => Body.Length >= 8 ? Body[8..] : default;

    public bool TryGetSenderInfo(out ulong ntp, out uint rtpTimestamp, out uint packets, out uint octets)
    {
        ntp = 0;
        rtpTimestamp = packets = octets = 0;
        if (Type != RtcpPacketType.SenderReport || Body.Length < SenderInfoLength) return false;
        ntp = BinaryPrimitives.ReadUInt64BigEndian(Body[4..]);
        rtpTimestamp = BinaryPrimitives.ReadUInt32BigEndian(Body[12..]);
        packets = BinaryPrimitives.ReadUInt32BigEndian(Body[16..]);
        octets = BinaryPrimitives.ReadUInt32BigEndian(Body[20..]);
        return true;
    }

    /// <summary>The report block of a sender or receiver report at an index below <see cref="Count"/>.</summary>
    public bool TryGetReport(int index, out ReceptionReport report)
    {
        report = default;
        var start = (Type == RtcpPacketType.SenderReport ? SenderInfoLength : 4) + (index * ReportBlockLength);
        if (index >= Count || Body.Length < start + ReportBlockLength) return false;
        var block = Body[start..];
        var lost = BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
        report = new ReceptionReport(
            BinaryPrimitives.ReadUInt32BigEndian(block),
            (byte)(lost >> 24),
            (int)(lost << 8) >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
        return true;
    }
}
