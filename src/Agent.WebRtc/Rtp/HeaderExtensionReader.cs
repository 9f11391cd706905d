namespace Agent.WebRtc.Rtp;

/// <summary>Walks through header extension elements (RFC 8285, sections 4.2 and 4.3); stops at the first malformed one.</summary>
internal ref struct HeaderExtensionReader(ReadOnlySpan<byte> extensions, bool oneByte, bool twoByte)
{
    private const int ReservedOneByteId = 15;
    private ReadOnlySpan<byte> _rest = oneByte || twoByte ? extensions : default;

    public bool TryRead(out byte id, out ReadOnlySpan<byte> value)
    {
        id = 0;
        value = default;
        _rest = _rest.TrimStart((byte)0);
        if (_rest.IsEmpty) return false;
        int length, header;
        if (oneByte)
        {
            id = (byte)(_rest[0] >> 4);
            if (id == ReservedOneByteId) return false;
            length = (_rest[0] & 0x0F) + 1;
            header = 1;
        }
        else
        {
            if (_rest.Length < 2) return false;
            id = _rest[0];
            length = _rest[1];
            header = 2;
        }

        if (_rest.Length < header + length) return false;
        value = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return true;
    }
}
