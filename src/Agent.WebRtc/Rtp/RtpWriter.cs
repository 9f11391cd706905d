using System.Buffers.Binary;

namespace Agent.WebRtc.Rtp;

/// <summary>Writes an RTP packet: header, one-byte header extensions (RFC 8285, section 4.2), payload.</summary>
internal ref struct RtpWriter
{
    private const int ExtensionHeaderLength = 4;
    private readonly Span<byte> _buffer;
    private int _length;

    public RtpWriter(Span<byte> buffer, byte payloadType, bool marker, ushort sequenceNumber, uint timestamp, uint ssrc)
    {
        _buffer = buffer;
        buffer[0] = 0x80;
        buffer[1] = (byte)((marker ? 0x80 : 0) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], ssrc);
        _length = RtpPacket.FixedHeaderLength;
    }

    /// <summary>Adds an element; one that the one-byte form cannot hold is left out.</summary>
    public void AddExtension(byte id, ReadOnlySpan<byte> value)
    {
        if (id is 0 or > HeaderExtensionMap.MaxOneByteId || value.Length is 0 or > 16) return;
        if ((_buffer[0] & 0x10) == 0)
        {
            _buffer[0] |= 0x10;
            BinaryPrimitives.WriteUInt16BigEndian(_buffer[_length..], 0xBEDE);
            _length += ExtensionHeaderLength;
        }

        _buffer[_length++] = (byte)((id << 4) | (value.Length - 1));
        value.CopyTo(_buffer[_length..]);
        _length += value.Length;
    }

    /// <returns>The packet's length; 0 when the payload does not fit.</returns>
    public int Complete(ReadOnlySpan<byte> payload)
    {
        if ((_buffer[0] & 0x10) != 0)
        {
            var start = RtpPacket.FixedHeaderLength + ExtensionHeaderLength;
            while (((_length - start) & 3) != 0) _buffer[_length++] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(_buffer[(start - 2)..], (ushort)((_length - start) / 4));
        }

        if (payload.Length > _buffer.Length - _length) return 0;
        payload.CopyTo(_buffer[_length..]);
        return _length + payload.Length;
    }
}
