using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Agent.LoopbackVendors.OpenAi.Transcription;

/// <summary>The sound of a WAV file: 16-bit PCM, one channel or several of which the first is heard.</summary>
/// <param name="Samples">The samples.</param>
/// <param name="SampleRateHz">Samples per second.</param>
internal sealed record WaveSound(short[] Samples, int SampleRateHz)
{
    public double Seconds => (double)Samples.Length / SampleRateHz;

    /// <summary>Reads a file; null when it is no such file.</summary>
    public static WaveSound? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
            return null;
        ReadOnlySpan<byte> format = default;
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var chunk = rest[8..][..(int)Math.Min(length, (uint)(rest.Length - 8))];
            if (rest.StartsWith("fmt "u8))
                format = chunk;
            if (rest.StartsWith("data"u8))
                return Read(format, chunk, isWhole: chunk.Length == length);
            rest = rest[Math.Min(rest.Length, 8 + chunk.Length + (chunk.Length & 1))..];
        }

        return null;
    }

    private static WaveSound? Read(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, bool isWhole)
    {
        if (format.Length < 16 || !isWhole || BinaryPrimitives.ReadInt16LittleEndian(format) != 1 || BinaryPrimitives.ReadInt16LittleEndian(format[14..]) != 16)
            return null;
        var channels = BinaryPrimitives.ReadInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        if (channels is < 1 or > 8 || rate is < 8_000 or > 48_000)
            return null;
        var all = MemoryMarshal.Cast<byte, short>(data).ToArray();
        return new WaveSound(channels == 1 ? all : [.. all.Where((_, i) => i % channels == 0)], rate);
    }
}
