using System.Buffers.Binary;

namespace Agent.WebRtc.Rtcp;

/// <summary>The sequence numbers of a generic NACK (RFC 4585, section 6.2.1).</summary>
internal ref struct NackReader(ReadOnlySpan<byte> control)
{
    private ReadOnlySpan<byte> _rest = control;
    private ushort _first;
    private ushort _mask;

    public bool TryRead(out ushort sequenceNumber)
    {
        while (true)
        {
            if (_mask != 0)
            {
                var bit = System.Numerics.BitOperations.TrailingZeroCount(_mask);
                _mask = (ushort)(_mask & (_mask - 1));
                sequenceNumber = (ushort)(_first + 1 + bit);
                return true;
            }

            sequenceNumber = 0;
            if (_rest.Length < 4) return false;
            sequenceNumber = _first = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            _mask = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            _rest = _rest[4..];
            return true;
        }
    }
}
