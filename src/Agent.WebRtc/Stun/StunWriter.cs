using System.Buffers.Binary;

namespace Agent.WebRtc.Stun;

/// <summary>Writes a STUN message attribute by attribute into a buffer of the caller's, at least 576 bytes.</summary>
internal ref struct StunWriter
{
    private readonly Span<byte> _buffer;
    private int _length;

    public StunWriter(Span<byte> buffer, StunMessageType type, scoped ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], StunMessage.MagicCookie);
        transactionId.CopyTo(buffer[8..]);
        _length = StunMessage.HeaderLength;
    }

    public void Add(ushort type, scoped ReadOnlySpan<byte> value) => value.CopyTo(Reserve(type, value.Length));

    public void AddUInt32(ushort type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(type, 4), value);

    public void AddUInt64(ushort type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(type, 8), value);

    /// <summary>XOR-MAPPED-ADDRESS (RFC 8489, section 14.2).</summary>
    public void AddXorMappedAddress(in TransportAddress address)
    {
        var value = Reserve(StunAttribute.XorMappedAddress, 4 + address.AddressLength);
        value[0] = 0;
        value[1] = (byte)(address.IsIPv6 ? 2 : 1);
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (StunMessage.MagicCookie >> 16)));
        address.WriteAddress(value[4..]);
        for (var i = 4; i < value.Length; i++) value[i] ^= _buffer[i];
    }

    /// <summary>ERROR-CODE (RFC 8489, section 14.8).</summary>
    public void AddError(int code, scoped ReadOnlySpan<byte> reason)
    {
        var value = Reserve(StunAttribute.ErrorCode, 4 + reason.Length);
        value[..2].Clear();
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        reason.CopyTo(value[4..]);
    }

    /// <summary>Adds MESSAGE-INTEGRITY and FINGERPRINT; the message is then complete.</summary>
    /// <returns>The message.</returns>
    public ReadOnlySpan<byte> Complete(scoped ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty)
        {
            Span<byte> integrity = stackalloc byte[StunMessage.IntegrityLength];
            StunMessage.ComputeIntegrity(_buffer[.._length], key, integrity);
            Add(StunAttribute.MessageIntegrity, integrity);
        }

        AddUInt32(StunAttribute.Fingerprint, StunFingerprint.Compute(_buffer[.._length]));
        return _buffer[.._length];
    }

    private Span<byte> Reserve(ushort type, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[_length..], type);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[(_length + 2)..], (ushort)length);
        var value = _buffer.Slice(_length + 4, length);
        var padded = (length + 3) & ~3;
        _buffer.Slice(_length + 4 + length, padded - length).Clear();
        _length += 4 + padded;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(_length - StunMessage.HeaderLength));
        return value;
    }
}
