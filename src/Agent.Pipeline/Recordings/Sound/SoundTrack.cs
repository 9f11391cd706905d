using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Agent.Pipeline.Recordings.Sound;

/// <summary>
/// One side's sound on its way to a file, off the audio path: frames are put at their time in the session, silence in between. Complete or ended: when the disk is
/// too slow the track ends.
/// </summary>
internal sealed class SoundTrack
{
    /// <summary>How many frames may wait for the disk: half a minute of 10 ms frames.</summary>
    internal const int Capacity = 3_000;

    // Frames come late and in bunches; what is off by less belongs behind the last.
    private static readonly TimeSpan s_jitter = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Piece> _pieces = Channel.CreateBounded<Piece>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long _next;

    internal SoundTrack(string side, int sampleRateHz)
    {
        Side = side;
        SampleRateHz = sampleRateHz;
    }

    /// <summary>Whose sound it is; part of the file's name.</summary>
    internal string Side { get; }

    internal int SampleRateHz { get; }

    /// <summary>Adds a frame that begins at a time on the session's clock, or goes on behind the last. Never waits.</summary>
    internal void Add(TimeSpan at, ReadOnlySpan<short> samples)
    {
        var position = (long)(at.TotalSeconds * SampleRateHz);
        if (Math.Abs(position - _next) < s_jitter.TotalSeconds * SampleRateHz || position < _next)
            position = _next;
        _next = position + samples.Length;
        var copy = ArrayPool<short>.Shared.Rent(samples.Length);
        samples.CopyTo(copy);
        if (_pieces.Writer.TryWrite(new Piece(position, copy, samples.Length)))
            return;
        ArrayPool<short>.Shared.Return(copy);
        _pieces.Writer.TryComplete(new IOException($"{Capacity} frames of the {Side}'s sound wait for the disk, which is the most."));
    }

    internal void Complete() => _pieces.Writer.TryComplete();

    /// <summary>Writes until the track is complete.</summary>
    /// <exception cref="IOException">The file cannot be written, or the disk is too slow.</exception>
    internal async Task RunAsync(string path)
    {
        // As with the lines: on virtual time the same every time.
        await Task.Yield();
        using var file = new WaveFile(path, SampleRateHz);
        while (await _pieces.Reader.WaitToReadAsync())
        {
            while (_pieces.Reader.TryRead(out var piece))
            {
                file.Write(piece.Position, piece.Samples.AsSpan(0, piece.Count));
                ArrayPool<short>.Shared.Return(piece.Samples);
            }

            file.Flush();
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Piece(long Position, short[] Samples, int Count);
}
