using System.Buffers;

namespace Agent.Pipeline.Audio;

/// <summary>
/// A run of 16-bit mono PCM from a pool. Whoever holds a frame owns it and disposes it exactly once, or hands it on; after that
/// neither the frame nor its memory may be touched.
/// </summary>
public sealed class AudioFrame : IDisposable
{
    private static readonly AudioFramePool s_pool = new();

    private short[] _buffer = [];
    private int _count;
    private bool _rented;

    internal AudioFrame()
    {
    }

    /// <summary>The samples, mono, signed 16 bits.</summary>
    public ReadOnlyMemory<short> Samples => _buffer.AsMemory(0, _count);

    /// <summary>Where the owner writes the samples before it hands the frame on.</summary>
    public Span<short> Writable => _buffer.AsSpan(0, _count);

    /// <summary>Samples per second, 8,000 to 48,000.</summary>
    public int SampleRateHz { get; private set; }

    /// <summary>The position of the first sample since the stream began, in samples at <see cref="SampleRateHz"/>.</summary>
    public long Position { get; set; }

    /// <summary>How long the frame lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(TimeSpan.TicksPerSecond * _count / SampleRateHz);

    /// <summary>Takes a frame from the pool; its samples are undefined until written.</summary>
    /// <param name="sampleRateHz">Samples per second, 8,000 to 48,000.</param>
    /// <param name="sampleCount">Samples in the frame, 1 to ten seconds' worth.</param>
    /// <param name="position">The position of the first sample since the stream began.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the count is out of range.</exception>
    public static AudioFrame Rent(int sampleRateHz, int sampleCount, long position = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRateHz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRateHz, 48_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleCount, sampleRateHz * 10);
        var frame = s_pool.Take();
        if (frame._buffer.Length < sampleCount)
        {
            if (frame._buffer.Length > 0)
                ArrayPool<short>.Shared.Return(frame._buffer);
            frame._buffer = ArrayPool<short>.Shared.Rent(sampleCount);
        }

        frame._count = sampleCount;
        frame._rented = true;
        frame.SampleRateHz = sampleRateHz;
        frame.Position = position;
        return frame;
    }

    /// <summary>Gives the frame back to the pool.</summary>
    public void Dispose()
    {
        if (!_rented)
            return;
        _rented = false;
        s_pool.Return(this);
    }
}
