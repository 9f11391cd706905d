using System.Buffers.Binary;
using System.Text;

namespace Agent.WebRtc.Sctp;

/// <summary>The data channel establishment protocol (RFC 8832, sections 5.1 and 5.2).</summary>
internal static class DcepMessage
{
    public const byte Ack = 0x02;
    public const byte Open = 0x03;
    public const int MaxTextBytes = ushort.MaxValue;
    private const int OpenHeaderLength = 12;
    private const byte Reliable = 0x00;
    private const byte LimitedRetransmits = 0x01;
    private const byte LimitedLifetime = 0x02;
    private const byte UnorderedFlag = 0x80;

    public static byte[] WriteOpen(string label, DataChannelOptions options)
    {
        var labelBytes = Encoding.UTF8.GetBytes(label);
        var protocolBytes = Encoding.UTF8.GetBytes(options.Protocol);
        var message = new byte[OpenHeaderLength + labelBytes.Length + protocolBytes.Length];
        var (type, reliability) = options switch
        {
            { MaxRetransmits: { } retransmits } => (LimitedRetransmits, (uint)retransmits),
            { MaxLifetime: { } lifetime } => (LimitedLifetime, (uint)lifetime.TotalMilliseconds),
            _ => (Reliable, 0u),
        };
        message[0] = Open;
        message[1] = (byte)(type | (options.Ordered ? 0 : UnorderedFlag));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), 256); // normal priority (RFC 8831, section 6.4)
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), reliability);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(8), (ushort)labelBytes.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(10), (ushort)protocolBytes.Length);
        labelBytes.CopyTo(message, OpenHeaderLength);
        protocolBytes.CopyTo(message, OpenHeaderLength + labelBytes.Length);
        return message;
    }

    public static bool TryReadOpen(ReadOnlySpan<byte> message, out string label, out DataChannelOptions options)
    {
        label = "";
        options = new DataChannelOptions();
        if (message.Length < OpenHeaderLength || message[0] != Open) return false;
        var labelLength = BinaryPrimitives.ReadUInt16BigEndian(message[8..]);
        var protocolLength = BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        if (message.Length != OpenHeaderLength + labelLength + protocolLength) return false;
        var type = message[1] & ~UnorderedFlag;
        if (type > LimitedLifetime) return false;
        var reliability = BinaryPrimitives.ReadUInt32BigEndian(message[4..]);
        label = Encoding.UTF8.GetString(message.Slice(OpenHeaderLength, labelLength));
        options = new DataChannelOptions
        {
            Ordered = (message[1] & UnorderedFlag) == 0,
            MaxRetransmits = type == LimitedRetransmits ? (int)Math.Min(reliability, ushort.MaxValue) : null,
            MaxLifetime = type == LimitedLifetime ? TimeSpan.FromMilliseconds(reliability) : null,
            Protocol = Encoding.UTF8.GetString(message.Slice(OpenHeaderLength + labelLength, protocolLength)),
        };
        return true;
    }
}
