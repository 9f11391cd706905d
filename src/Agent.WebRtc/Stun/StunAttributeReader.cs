using System.Buffers.Binary;

namespace Agent.WebRtc.Stun;

/// <summary>Walks through the attributes of a message whose header was checked.</summary>
internal ref struct StunAttributeReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _offset = StunMessage.HeaderLength;

    /// <summary>Whether every byte was consumed; false after a malformed attribute.</summary>
    public readonly bool AtEnd => _offset == _message.Length;

    public bool TryRead(out ushort type, out ReadOnlySpan<byte> value, out int offset)
    {
        type = 0;
        value = default;
        offset = _offset;
        if (_message.Length - _offset < 4) return false;
        type = BinaryPrimitives.ReadUInt16BigEndian(_message[_offset..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(_message[(_offset + 2)..]);
        var padded = (length + 3) & ~3;
        if (_message.Length - _offset - 4 < padded) return false;
        value = _message.Slice(_offset + 4, length);
        _offset += 4 + padded;
        return true;
    }
}
