using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Agent.Pipeline.Audio;

namespace Agent.Pipeline.Recordings.Sound;

/// <summary>
/// A WAVE file of 16-bit mono PCM that grows. Its header is right after each <see cref="Flush"/>, so that it can be heard also when the process ended first.
/// </summary>
internal sealed class WaveFile : IDisposable
{
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
        Span<byte> header = stackalloc byte[WaveHeader.Size];
        WaveHeader.Write(header, _sampleRateHz, _samples);
        _file.Write(header);
    }
}
