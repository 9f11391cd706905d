using System.Buffers.Binary;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>The format of a turn's audio, from its RIFF header.</summary>
internal static class RecognitionFormat
{
    private const int HeaderBytes = 44;

    /// <summary>The rate, and how long the header is.</summary>
    /// <exception cref="ProtocolViolationException">It is no PCM of 16 bits and one channel.</exception>
    public static (int SampleRateHz, int Bytes) Read(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || !header.StartsWith("RIFF"u8) || !header[8..].StartsWith("WAVEfmt "u8) || !header[36..].StartsWith("data"u8))
            throw new ProtocolViolationException("The audio of a turn must begin with a RIFF header.");
        var format = BinaryPrimitives.ReadUInt16LittleEndian(header[20..]);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(header[22..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(header[34..]);
        if (format != 1 || channels != 1 || bits != 16 || rate is not (8_000 or 16_000))
            throw new ProtocolViolationException("Unsupported audio format.");
        return ((int)rate, HeaderBytes);
    }
}
