using System.Buffers.Binary;

namespace Agent.WebRtc.Rtcp;

/// <summary>Walks through a compound packet (RFC 3550, section 6.1), also a reduced-size one (RFC 5506).</summary>
internal ref struct RtcpReader(ReadOnlySpan<byte> compound)
{
    private const int HeaderLength = 4;
    private ReadOnlySpan<byte> _rest = compound;

    /// <summary>Whether a packet was malformed: what came before it was good.</summary>
    public bool IsMalformed { get; private set; }

    public bool TryRead(out RtcpPacket packet)
    {
        packet = default;
        if (_rest.IsEmpty || IsMalformed) return false;
        IsMalformed = true;
        if (_rest.Length < HeaderLength || _rest[0] >> 6 != 2) return false;
        var length = (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) + 1) * 4;
        if (_rest.Length < length) return false;
        var body = _rest[HeaderLength..length];
        if ((_rest[0] & 0x20) != 0)
        {
            // Padding is in the last packet only, and its last byte counts it.
            if (length != _rest.Length || body.IsEmpty || body[^1] == 0 || body[^1] > body.Length) return false;
            body = body[..^body[^1]];
        }

        IsMalformed = false;
        packet = new RtcpPacket((RtcpPacketType)_rest[1], _rest[0] & 0x1F, body);
        _rest = _rest[length..];
        return true;
    }
}
