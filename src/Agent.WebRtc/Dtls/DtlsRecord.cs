using System.Buffers.Binary;

namespace Agent.WebRtc.Dtls;

/// <summary>The header of a DTLS record (RFC 6347, section 4.1).</summary>
internal static class DtlsRecord
{
    public const int HeaderLength = 13;

    // GCM's explicit nonce and tag (RFC 5288, section 3), which is all that the ciphers we allow use.
    private const int MinProtectedLength = 8 + 16;
    private const int MaxProtectedLength = 16_384 + 2_048;
    private const byte MajorVersion = 0xFE;

    /// <summary>
    /// How many bytes at the start are well-formed records. OpenSSL 3.0 answers a protected record that is shorter than its
    /// nonce and tag with a fatal alert instead of dropping it, so that one forged datagram would end a connection.
    /// </summary>
    public static int MeasureUsable(ReadOnlySpan<byte> datagram)
    {
        var usable = 0;
        while (datagram.Length - usable >= HeaderLength)
        {
            var record = datagram[usable..];
            var length = ReadLength(record);
            var epoch = BinaryPrimitives.ReadUInt16BigEndian(record[3..]);
            if (record[0] is < 20 or > 63 || record[1] != MajorVersion || record.Length - HeaderLength < length || length > MaxProtectedLength) break;
            if (length == 0 || (epoch > 0 && length < MinProtectedLength)) break;
            usable += HeaderLength + length;
        }

        return usable;
    }

    public static int ReadLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[11..]);
}
