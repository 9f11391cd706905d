using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Agent.Pipeline.Recordings.Sound;

/// <summary>
/// A RIFF WAVE file of 16-bit mono PCM that grows. Its header is right after each <see cref="Flush"/>, so that it can be heard also when the process ended first.
/// Layout: "Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft, 1991.
/// </summary>
internal sealed class WaveFile : IDisposable
{
    private const int HeaderBytes = 44;

    private readonly FileStream _file;
    private readonly int _sampleRateHz;
    private long _samples;

    internal WaveFile(string path, int sampleRateHz)
    {
        _file = OwnerOnly.Create(path);
        _sampleRateHz = sampleRateHz;
        WriteHeader();
    }

    /// <summary>Adds samples at a place at or behind the end; silence fills the gap.</summary>
    internal void Write(long position, ReadOnlySpan<short> samples)
    {
        Span<byte> silence = stackalloc byte[2_048];
        silence.Clear();
        for (var gap = (position - _samples) * sizeof(short); gap > 0; gap -= silence.Length)
            _file.Write(silence[..(int)Math.Min(gap, silence.Length)]);
        _samples = Math.Max(_samples, position);
        if (BitConverter.IsLittleEndian)
        {
            _file.Write(MemoryMarshal.AsBytes(samples));
        }
        else
        {
            foreach (var sample in samples)
            {
                BinaryPrimitives.WriteInt16LittleEndian(silence, sample);
                _file.Write(silence[..sizeof(short)]);
            }
        }

        _samples += samples.Length;
    }

    internal void Flush()
    {
        _file.Position = 0;
        WriteHeader();
        _file.Position = _file.Length;
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private void WriteHeader()
    {
        // Sizes are 32 bits: beyond 4 GiB readers take the rest of the file.
        var data = (uint)Math.Min(_samples * sizeof(short), uint.MaxValue - HeaderBytes);
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], data + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)_sampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)_sampleRateHz * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], data);
        _file.Write(header);
    }
}
