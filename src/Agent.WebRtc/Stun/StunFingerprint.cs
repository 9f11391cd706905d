using System.Buffers.Binary;

namespace Agent.WebRtc.Stun;

/// <summary>The FINGERPRINT attribute's value (RFC 8489, section 14.7): CRC-32 of what precedes it, masked.</summary>
internal static class StunFingerprint
{
    private const uint Polynomial = 0xEDB88320; // ITU V.42, reflected
    private static readonly uint[] Table = CreateTable();

    /// <param name="upToFingerprint">The message up to the attribute; its length is taken as if the attribute were the last.</param>
    public static uint Compute(ReadOnlySpan<byte> upToFingerprint)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(upToFingerprint.Length - StunMessage.HeaderLength + 8));
        var crc = Update(uint.MaxValue, upToFingerprint[..2]);
        crc = Update(crc, length);
        return ~Update(crc, upToFingerprint[4..]) ^ StunMessage.FingerprintMask;
    }

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
