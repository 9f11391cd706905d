namespace Agent.LiveKit.Rtc.Native.Messages;

/// <summary>Writes protobuf fields into a buffer that is known to be large enough; the counterpart of <see cref="WireReader"/>.</summary>
internal ref struct WireWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes a number (wire type 0).</summary>
    public void Varint(int field, ulong value)
    {
        Raw((ulong)field << 3);
        Raw(value);
    }

    /// <summary>Writes a nested message (wire type 2).</summary>
    public void Message(int field, scoped ReadOnlySpan<byte> message)
    {
        Raw(((ulong)field << 3) | 2);
        Raw((ulong)message.Length);
        message.CopyTo(_buffer[Length..]);
        Length += message.Length;
    }

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }
}
