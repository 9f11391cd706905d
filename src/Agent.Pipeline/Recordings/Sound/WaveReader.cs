using System.Buffers.Binary;
using Agent.Pipeline.Errors;

namespace Agent.Pipeline.Recordings.Sound;

/// <summary>
/// Reads a RIFF WAVE file of 16-bit mono PCM. Layout: "Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft, 1991.
/// </summary>
internal static class WaveReader
{
    private const int Pcm = 1;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or is no such file.</exception>
    internal static (int SampleRateHz, short[] Samples) Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The file '{path}' cannot be read: {e.Message}", e);
        }

        return Parse(bytes) ?? throw new ConfigurationException(
            $"The file '{path}' is no WAVE file of 16-bit mono PCM with 8,000 to 48,000 samples per second; make one with: sox '{path}' -b 16 -c 1 -r 24000 OUTPUT.wav");
    }

    private static (int SampleRateHz, short[] Samples)? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8))
            return null;
        var rate = 0;
        for (bytes = bytes[12..]; bytes.Length >= 8;)
        {
            var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), (uint)bytes.Length - 8);
            var content = bytes.Slice(8, size);
            if (bytes[..4].SequenceEqual("fmt "u8))
            {
                if (!IsMono16(content))
                    return null;
                rate = BinaryPrimitives.ReadInt32LittleEndian(content[4..]);
            }
            else if (bytes[..4].SequenceEqual("data"u8))
            {
                return rate is >= 8_000 and <= 48_000 && size >= sizeof(short) ? (rate, Samples(content)) : null;
            }

            // Chunks begin at even places.
            bytes = bytes[Math.Min(bytes.Length, 8 + size + (size & 1))..];
        }

        return null;
    }

    private static bool IsMono16(ReadOnlySpan<byte> format) =>
        format.Length >= 16
        && BinaryPrimitives.ReadUInt16LittleEndian(format) == Pcm
        && BinaryPrimitives.ReadUInt16LittleEndian(format[2..]) == 1
        && BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) == 16;

    private static short[] Samples(ReadOnlySpan<byte> data)
    {
        var samples = new short[data.Length / sizeof(short)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(i * sizeof(short))..]);
        return samples;
    }
}
