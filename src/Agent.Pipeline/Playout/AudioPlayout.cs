using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Rooms;

namespace Agent.Pipeline.Playout;

/// <summary>
/// Feeds one utterance at a time to the room in frames of 10 ms, paced by the room. Pausing, resuming and stopping take effect with the
/// next frame; the room holds at most one more, which stopping clears. Allocates nothing per frame.
/// </summary>
internal sealed class AudioPlayout
{
    private readonly IAudioOutput _output;
    private readonly IPlayoutListener _listener;
    private readonly AsyncSignal _wake = new();
    private readonly short[] _frame;
    private Utterance? _current;
    private bool _paused;

    internal AudioPlayout(IAudioOutput output, IPlayoutListener listener)
    {
        _output = output;
        _listener = listener;
        _frame = new short[output.SampleRateHz / 100];
    }

    /// <summary>Makes an utterance to be filled; it is silent until <see cref="Play"/>.</summary>
    internal Utterance Create(string id) => new(id, _output.SampleRateHz, _wake);

    /// <summary>Plays an utterance as its sound comes, also one that was left for another; the one before must have finished, been stopped, or have nothing to be heard.</summary>
    internal void Play(Utterance utterance)
    {
        Volatile.Write(ref _current, utterance);
        _wake.Set();
    }

    internal void Pause() => Volatile.Write(ref _paused, true);

    internal void Resume()
    {
        Volatile.Write(ref _paused, false);
        _wake.Set();
    }

    /// <summary>Ends an utterance where it is and makes the room silent.</summary>
    internal void Stop(Utterance utterance)
    {
        if (!utterance.TryStop())
            return;

        // The feeder is stopped first and the room cleared after, so that nothing slips in behind.
        if (Interlocked.CompareExchange(ref _current, null, utterance) == utterance)
            _output.Clear();
        utterance.Audio.Release();
        _wake.Set();
    }

    /// <summary>Plays until cancelled.</summary>
    /// <exception cref="Errors.AgentException">The room is gone.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        Utterance? held = null;
        var heard = 0;
        var audible = false;
        var paused = false;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var current = Volatile.Read(ref _current);
                if (!ReferenceEquals(current, held))
                {
                    held?.Audio.Release();
                    held = current?.Audio.TryAcquire() == true ? current : null;
                    heard = 0;
                    audible = false;
                    paused = false;
                }

                if (held is null || held.IsStopped)
                {
                    await _wake.WaitAsync(cancellationToken);
                }
                else if (held.Audio.IsPlayed)
                {
                    // Also while paused: there is nothing left to go on with.
                    Finish(held);
                }
                else if (Volatile.Read(ref _paused))
                {
                    paused = true;
                    await _wake.WaitAsync(cancellationToken);
                }
                else if (paused)
                {
                    // The word that was cut by the pause is said again from its beginning.
                    paused = false;
                    held.Audio.Rewind(held.Words.Timeline.BoundaryAt(held.Audio.Position));
                }
                else if (held.Audio.TryPeek(_frame))
                {
                    // Awaited here and not in a method of its own, which would allocate each time it waits: for every frame.
                    if (!audible)
                        _listener.OnAudible(held);
                    audible = true;
                    await _output.WriteAsync(_frame, cancellationToken);
                    held.Audio.Advance(_frame.Length);
                    heard = Report(held, heard);
                }
                else
                {
                    if (audible)
                        _listener.OnDry(held);
                    audible = false;
                    await _wake.WaitAsync(cancellationToken);
                }
            }
        }
        finally
        {
            held?.Audio.Release();
        }
    }

    private int Report(Utterance utterance, int heard)
    {
        var now = utterance.Words.Timeline.HeardAt(utterance.Audio.Position);
        if (now <= heard)
            return heard;
        _listener.OnHeard(utterance, now);
        return now;
    }

    private void Finish(Utterance utterance)
    {
        if (Interlocked.CompareExchange(ref _current, null, utterance) != utterance || !utterance.TryStop())
            return;
        utterance.Audio.Release();
        _listener.OnFinished(utterance);
    }
}
