using System.Buffers.Binary;

namespace Agent.WebRtc.Dtls;

/// <summary>The header of a DTLS record (RFC 6347, section 4.1).</summary>
internal static class DtlsRecord
{
    public const int HeaderLength = 13;

    public static int ReadLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[11..]);
}
