using System.Collections.Concurrent;

namespace Agent.Pipeline.Audio;

/// <summary>Frames with their buffers, kept for the next stage that needs one; holds at most <see cref="Capacity"/>, the rest is left to the collector.</summary>
internal sealed class AudioFramePool
{
    internal const int Capacity = 1024;

    private readonly ConcurrentQueue<AudioFrame> _frames = new();
    private int _count;

    internal AudioFrame Take()
    {
        if (!_frames.TryDequeue(out var frame))
            return new AudioFrame();
        Interlocked.Decrement(ref _count);
        return frame;
    }

    internal void Return(AudioFrame frame)
    {
        if (Interlocked.Increment(ref _count) > Capacity)
            Interlocked.Decrement(ref _count);
        else
            _frames.Enqueue(frame);
    }
}
