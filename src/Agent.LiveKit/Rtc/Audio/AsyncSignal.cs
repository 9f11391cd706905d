using System.Threading.Tasks.Sources;

namespace Agent.LiveKit.Rtc.Audio;

/// <summary>
/// An auto-reset event for one waiter at a time that allocates nothing. The waiter continues on the thread pool, never on the thread
/// that sets the signal: that may be the native library's.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private bool _isSet;
    private bool _isWaiting;

    /// <summary>Lets the waiter go on, or the next one if nobody waits.</summary>
    internal void Set()
    {
        lock (_gate)
        {
            _isSet = !_isWaiting;
            if (!_isWaiting)
                return;
            _isWaiting = false;
        }

        _core.SetResult(true);
    }

    /// <summary>Forgets a signal that nobody has waited for.</summary>
    internal void Reset()
    {
        lock (_gate)
            _isSet = false;
    }

    /// <summary>Waits for the next signal, or takes the one that is there.</summary>
    /// <exception cref="InvalidOperationException">Somebody waits already.</exception>
    internal ValueTask WaitAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        short version;
        lock (_gate)
        {
            if (_isWaiting)
                throw new InvalidOperationException("One reader or writer at a time: another call is still waiting.");
            if (_isSet)
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }

            _core.Reset();
            _isWaiting = true;
            version = _core.Version;
        }

        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static (signal, token) => ((AsyncSignal)signal!).Cancel(token), this);
        return new ValueTask(this, version);
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Dispose waits for a cancellation that runs right now, so that a late one cannot hit the next wait.
        _registration.Dispose();
        _registration = default;
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isWaiting)
                return;
            _isWaiting = false;
        }

        _core.SetException(new OperationCanceledException(cancellationToken));
    }
}
