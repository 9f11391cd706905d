using Agent.Pipeline.Errors;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>
/// Whether one provider is well, over all sessions and all lists that it is in. One that has failed is put aside, and tried in the background until it is
/// well again. Safe for use from any thread.
/// </summary>
/// <param name="provider">The provider's name as configured.</param>
/// <param name="probe">Tries it as cheaply as shows that it works; throws when it does not. Is cancelled when it takes too long.</param>
/// <param name="options">How often it is tried.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where changes are told.</param>
internal sealed class ProviderHealth(
    string provider,
    Func<CancellationToken, Task> probe,
    FallbackOptions options,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    // Somebody who waits for a second in every answer has waited often enough.
    private const int MaxLateInARow = 3;
    private const int MaxDoublings = 16;

    private readonly Lock _gate = new();
    private int _late;
    private int _relapses;
    private long? _wellSince;
    private CancellationTokenSource? _aside;
    private Task _probing = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>The provider has become well again. Called by whoever found it out; must return at once.</summary>
    internal event EventHandler? Recovered;

    /// <summary>The provider's name as configured.</summary>
    internal string Provider => provider;

    /// <summary>Whether it is not put aside.</summary>
    internal bool IsWell => Volatile.Read(ref _aside) is null;

    /// <summary>Which to try, in this order: those that are well as the list has them, then those put aside, since one of them may be better than none.</summary>
    internal static IEnumerable<int> Order(IReadOnlyList<ProviderHealth> list) =>
        Enumerable.Range(0, list.Count).OrderBy(i => list[i].IsWell ? 0 : 1);

    /// <summary>A call has failed for good. What the caller got wrong says nothing about the provider.</summary>
    internal void Failed(ProviderException error)
    {
        if (error.Kind is ProviderErrorKind.BadRequest or ProviderErrorKind.Content)
            return;
        TimeSpan delay;
        lock (_gate)
        {
            if (_isDisposed || _aside is not null)
                return;

            // A try proves little: what opens a connection may break each one that is used, and would take call after call down if it came back as soon every time.
            _relapses = _wellSince is { } since && time.GetElapsedTime(since) < options.MaxProbeDelay ? _relapses + 1 : 0;
            delay = FirstDelay(error);
            _aside = new CancellationTokenSource();
            _probing = ProbeAsync(_probing, delay, _aside.Token);
        }

        FallbackLog.PutAside(logger, provider, error.Kind, delay, ErrorText.Of(error));
    }

    /// <summary>A call was overtaken by another provider's. Being slow now and then is no failure; several times in a row it is.</summary>
    internal void Late(ProviderException error)
    {
        if (Interlocked.Increment(ref _late) >= MaxLateInARow)
            Failed(error);
    }

    /// <summary>A call has succeeded.</summary>
    internal void Succeeded()
    {
        Volatile.Write(ref _late, 0);
        if (IsWell || TakeAside() is not { } aside)
            return;
        aside.Cancel();
        FallbackLog.Recovered(logger, provider);
        Recovered?.Invoke(this, EventArgs.Empty);
    }

    public async ValueTask DisposeAsync()
    {
        Task probing;
        lock (_gate)
        {
            _isDisposed = true;
            probing = _probing;
        }

        TakeAside()?.Cancel();
        await probing;
    }

    private CancellationTokenSource? TakeAside()
    {
        lock (_gate)
        {
            var aside = _aside;
            if (aside is not null)
                _wellSince = time.GetTimestamp();
            Volatile.Write(ref _aside, null);
            return aside;
        }
    }

    private async Task ProbeAsync(Task before, TimeSpan delay, CancellationToken cancellationToken)
    {
        await before;
        try
        {
            for (; ; delay = Min(delay * 2, options.MaxProbeDelay))
            {
                await Task.Delay(delay, time, cancellationToken);
                if (!await IsWellAsync(delay, cancellationToken))
                    continue;
                Succeeded();
                return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A call of somebody else has found it well, or the process ends.
        }
    }

    private async Task<bool> IsWellAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await probe(either.Token);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            FallbackLog.StillAside(logger, provider, Min(delay * 2, options.MaxProbeDelay), ErrorText.Of(e));
            return false;
        }
    }

    private TimeSpan FirstDelay(ProviderException error)
    {
        if (error.Kind is ProviderErrorKind.Authentication or ProviderErrorKind.Quota)
            return options.MaxProbeDelay;
        var delay = options.ProbeDelay * Math.Pow(2, Math.Min(_relapses, MaxDoublings));
        return Min(error.RetryAfter is { } wait && wait > delay ? wait : delay, options.MaxProbeDelay);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
