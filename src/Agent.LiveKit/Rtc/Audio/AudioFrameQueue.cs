using Agent.Pipeline.Audio;

namespace Agent.LiveKit.Rtc.Audio;

/// <summary>
/// Frames between the native library's thread and one reader, at most a fixed number: when it is full the oldest is dropped and
/// counted. Adding never waits and allocates nothing.
/// </summary>
internal sealed class AudioFrameQueue(int capacity)
{
    private readonly Lock _gate = new();
    private readonly AudioFrame?[] _frames = new AudioFrame?[capacity];
    private readonly AsyncSignal _added = new();
    private int _first;
    private int _count;
    private bool _isEnded;
    private long _dropped;

    /// <summary>Frames that no reader took in time.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds a frame, which the queue owns from now on; after the end it is let go at once.</summary>
    internal void Add(AudioFrame frame)
    {
        AudioFrame? unwanted = null;
        lock (_gate)
        {
            if (_isEnded)
            {
                unwanted = frame;
            }
            else
            {
                if (_count == _frames.Length)
                {
                    unwanted = TakeFirst();
                    _dropped++;
                }

                _frames[(_first + _count) % _frames.Length] = frame;
                _count++;
            }
        }

        unwanted?.Dispose();
        _added.Set();
    }

    /// <summary>No frame follows; what is there can still be read.</summary>
    internal void End()
    {
        lock (_gate)
            _isEnded = true;
        _added.Set();
    }

    /// <summary>Lets everything go that is there.</summary>
    internal void Drain()
    {
        while (TryTake(out var frame, out _))
            frame?.Dispose();
    }

    /// <summary>Takes the oldest frame.</summary>
    /// <param name="frame">The frame, the caller's from now on; null if there is none.</param>
    /// <param name="isEnded">Whether none is there and none will come.</param>
    internal bool TryTake(out AudioFrame? frame, out bool isEnded)
    {
        lock (_gate)
        {
            isEnded = _isEnded && _count == 0;
            frame = _count == 0 ? null : TakeFirst();
            return frame is not null;
        }
    }

    /// <summary>Waits until something changes.</summary>
    internal ValueTask WaitAsync(CancellationToken cancellationToken) => _added.WaitAsync(cancellationToken);

    private AudioFrame? TakeFirst()
    {
        var frame = _frames[_first];
        _frames[_first] = null;
        _first = (_first + 1) % _frames.Length;
        _count--;
        return frame;
    }
}
