using Agent.Pipeline.Errors;
using Agent.Providers.Resilience;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>Ends a connection whose vendor owes an answer and says nothing for too long.</summary>
internal sealed class AnswerWatch : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly VendorCall _call;
    private readonly CancellationTokenSource _stop;
    private readonly ITimer _timer;
    private VendorStage _stage;
    private ProviderException? _late;
    private bool _isOwed;

    /// <param name="call">Knows the limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the connection; cancelled when the vendor is too late.</param>
    public AnswerWatch(VendorCall call, TimeProvider time, CancellationTokenSource stop)
    {
        _call = call;
        _stop = stop;
        _timer = time.CreateTimer(static watch => ((AnswerWatch)watch!).OnLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>An answer was asked for.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (!_isOwed)
                Arm(VendorStage.FirstByte);
        }
    }

    /// <summary>Something has come, and more is owed.</summary>
    public void Continue()
    {
        lock (_gate)
            Arm(VendorStage.Idle);
    }

    /// <summary>Nothing is owed.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOwed = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <exception cref="ProviderException">The vendor was too late.</exception>
    public void ThrowIfLate()
    {
        if (_late is not null)
            throw _late;
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Arm(VendorStage stage)
    {
        _isOwed = true;
        _stage = stage;
        _timer.Change(_call.Limit(stage), Timeout.InfiniteTimeSpan);
    }

    private void OnLate()
    {
        lock (_gate)
        {
            if (!_isOwed)
                return;
            _late = _call.Late(_stage, _call.Limit(_stage));
        }

        _stop.Cancel();
    }
}
