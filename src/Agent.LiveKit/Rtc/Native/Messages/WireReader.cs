namespace Agent.LiveKit.Rtc.Native.Messages;

/// <summary>
/// Reads protobuf fields in place (https://protobuf.dev/programming-guides/encoding/), for the few messages that come a hundred times a
/// second and must not allocate. Malformed input ends the reading; it never throws.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;
    private uint _wireType;

    /// <summary>Whether something did not follow the encoding; nothing is read after it.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>The field at the reader, after <see cref="Next"/>.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>False at the end or at malformed input.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty || IsMalformed)
            return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        _wireType = (uint)tag & 7;
        if (Field <= 0 || tag > uint.MaxValue)
            IsMalformed = true;
        return !IsMalformed;
    }

    /// <summary>The field's number, if it has wire type 0.</summary>
    public ulong ReadVarint()
    {
        if (_wireType != 0)
            return Malformed();
        return Varint();
    }

    /// <summary>The field's bytes, if it has wire type 2.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = _wireType == 2 ? Varint() : Malformed();
        if (IsMalformed || length > (ulong)_rest.Length)
        {
            Malformed();
            return default;
        }

        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    /// <summary>Passes over a field that is not wanted.</summary>
    public void Skip()
    {
        switch (_wireType)
        {
            case 0:
                Varint();
                break;
            case 1:
                Advance(8);
                break;
            case 2:
                ReadBytes();
                break;
            case 5:
                Advance(4);
                break;
            default:
                Malformed();
                break;
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            var part = _rest[i];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part >= 0x80)
                continue;
            _rest = _rest[(i + 1)..];
            return value;
        }

        return Malformed();
    }

    private void Advance(int count)
    {
        if (count > _rest.Length)
            Malformed();
        else
            _rest = _rest[count..];
    }

    private ulong Malformed()
    {
        IsMalformed = true;
        _rest = default;
        return 0;
    }
}
