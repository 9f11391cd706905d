using System.Buffers.Binary;
using Agent.Pipeline.Audio;

namespace Agent.Providers.Connections;

/// <summary>Turns a vendor's bytes, 16-bit little-endian mono PCM cut anywhere, into frames whose positions count from the beginning.</summary>
/// <param name="sampleRateHz">Samples per second, 8,000 to 48,000.</param>
internal sealed class PcmReader(int sampleRateHz)
{
    private byte _odd;
    private bool _hasOdd;

    /// <summary>Samples read so far.</summary>
    public long Samples { get; private set; }

    /// <summary>How long everything read so far lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Samples * TimeSpan.TicksPerSecond / sampleRateHz);

    /// <summary>The frame of the next bytes, at most ten seconds; null while there is no whole sample. Owned by the caller.</summary>
    public AudioFrame? Read(ReadOnlySpan<byte> bytes)
    {
        var count = (bytes.Length + (_hasOdd ? 1 : 0)) / 2;
        if (count == 0)
        {
            if (!bytes.IsEmpty)
                (_odd, _hasOdd) = (bytes[0], true);
            return null;
        }

        var frame = AudioFrame.Rent(sampleRateHz, count, Samples);
        var samples = frame.Writable;
        var first = 0;
        if (_hasOdd)
        {
            samples[0] = (short)(_odd | (bytes[0] << 8));
            bytes = bytes[1..];
            first = 1;
        }

        for (var i = first; i < count; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * (i - first))..]);
        _hasOdd = (bytes.Length & 1) != 0;
        if (_hasOdd)
            _odd = bytes[^1];
        Samples += count;
        return frame;
    }
}
