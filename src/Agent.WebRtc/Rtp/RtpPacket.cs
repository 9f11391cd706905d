using System.Buffers.Binary;

namespace Agent.WebRtc.Rtp;

/// <summary>A view of an RTP packet (RFC 3550, section 5.1) in the buffer that holds it; parsing copies nothing.</summary>
public readonly ref struct RtpPacket
{
    internal const int FixedHeaderLength = 12;
    private const int OneByteProfile = 0xBEDE;
    private const int TwoByteProfile = 0x1000;
    private readonly ReadOnlySpan<byte> _header;
    private readonly ReadOnlySpan<byte> _extensions;
    private readonly ushort _extensionProfile;

    private RtpPacket(ReadOnlySpan<byte> header, ReadOnlySpan<byte> extensions, ushort profile, ReadOnlySpan<byte> payload, int padding, byte audioLevelId)
    {
        _header = header;
        _extensions = extensions;
        _extensionProfile = profile;
        Payload = payload;
        PaddingLength = padding;
        AudioLevelId = audioLevelId;
    }

    /// <summary>Whether the marker bit is set: for audio, the first packet after silence.</summary>
    public bool Marker => (_header[1] & 0x80) != 0;

    /// <summary>The payload type, 0 to 127.</summary>
    public byte PayloadType => (byte)(_header[1] & 0x7F);

    /// <summary>The sequence number.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_header[2..]);

    /// <summary>The timestamp in units of the codec's clock rate.</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_header[4..]);

    /// <summary>The synchronisation source.</summary>
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_header[8..]);

    /// <summary>The payload without padding; empty in packets that only probe bandwidth.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>How many bytes of padding followed the payload.</summary>
    public int PaddingLength { get; }

    /// <summary>The audio level in −dBov, 0 (loudest) to 127 (silence), when the packet carries it (RFC 6464).</summary>
    public byte? AudioLevel => TryGetExtension(AudioLevelId, out var value) && value.Length >= 1 ? (byte)(value[0] & 0x7F) : null;

    /// <summary>Whether the sender's voice detector heard speech; false when the packet does not say (RFC 6464).</summary>
    public bool VoiceActivity => TryGetExtension(AudioLevelId, out var value) && value.Length >= 1 && (value[0] & 0x80) != 0;

    private byte AudioLevelId { get; }

    /// <summary>Reads the header; checks every length.</summary>
    /// <param name="packet">The plain (decrypted) packet.</param>
    /// <param name="result">The view, valid as long as the buffer.</param>
    /// <returns>Whether the packet is well-formed.</returns>
    public static bool TryParse(ReadOnlySpan<byte> packet, out RtpPacket result)
    {
        result = default;
        if (packet.Length < FixedHeaderLength || packet[0] >> 6 != 2) return false;
        var headerLength = FixedHeaderLength + ((packet[0] & 0x0F) * 4);
        if (packet.Length < headerLength) return false;
        ReadOnlySpan<byte> extensions = default;
        ushort profile = 0;
        var offset = headerLength;
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < offset + 4) return false;
            profile = BinaryPrimitives.ReadUInt16BigEndian(packet[offset..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(packet[(offset + 2)..]) * 4;
            offset += 4;
            if (packet.Length < offset + length) return false;
            extensions = packet.Slice(offset, length);
            offset += length;
        }

        var padding = 0;
        if ((packet[0] & 0x20) != 0)
        {
            padding = packet[^1];
            if (padding == 0 || offset + padding > packet.Length) return false;
        }

        result = new RtpPacket(packet[..headerLength], extensions, profile, packet[offset..^padding], padding, audioLevelId: 0);
        return true;
    }

    internal RtpPacket WithAudioLevelId(byte id) => new(_header, _extensions, _extensionProfile, Payload, PaddingLength, id);

    /// <summary>Finds a header extension element, one-byte or two-byte form (RFC 8285, section 4).</summary>
    /// <param name="id">The negotiated id, 1 to 255.</param>
    /// <param name="value">Its data.</param>
    /// <returns>Whether the packet carries it.</returns>
    public bool TryGetExtension(byte id, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (id == 0 || _extensions.IsEmpty) return false;
        var reader = new HeaderExtensionReader(_extensions, _extensionProfile == OneByteProfile, (_extensionProfile & 0xFFF0) == TwoByteProfile);
        while (reader.TryRead(out var element, out value))
        {
            if (element == id) return true;
        }

        value = default;
        return false;
    }
}
