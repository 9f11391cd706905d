using System.Buffers.Binary;

namespace Agent.Pipeline.Audio;

/// <summary>
/// The beginning of a RIFF WAVE file of 16-bit mono PCM, up to the first sample. Layout: "Multimedia Programming Interface and Data Specifications 1.0", IBM and
/// Microsoft, 1991.
/// </summary>
internal static class WaveHeader
{
    /// <summary>The bytes before the first sample.</summary>
    internal const int Size = 44;

    /// <summary>Makes it.</summary>
    /// <inheritdoc cref="Write"/>
    internal static byte[] Of(int sampleRateHz, long? samples)
    {
        var header = new byte[Size];
        Write(header, sampleRateHz, samples);
        return header;
    }

    /// <summary>Writes it.</summary>
    /// <param name="header">Where it goes; <see cref="Size"/> bytes.</param>
    /// <param name="sampleRateHz">Samples per second.</param>
    /// <param name="samples">How many samples follow; null where nobody knows yet, which is told by lengths of zero.</param>
    internal static void Write(Span<byte> header, int sampleRateHz, long? samples)
    {
        // Lengths have 32 bits: of what is longer, readers take the rest of the file.
        var data = (uint)Math.Min((samples ?? 0) * sizeof(short), uint.MaxValue - Size);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], samples is null ? 0 : data + Size - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)sampleRateHz * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], data);
    }
}
