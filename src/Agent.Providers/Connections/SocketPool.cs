using Agent.Pipeline.Speech;

namespace Agent.Providers.Connections;

/// <summary>
/// Warm connections to one address: opened before they are needed, used by one at a time, given back by whoever left them clean, and replaced when they are
/// too old or were closed by the vendor meanwhile.
/// </summary>
/// <param name="connect">Opens one, within its own limits.</param>
/// <param name="maxIdle">How many may lie unused; 1 to 100.</param>
/// <param name="maxAge">How old one may be when it is taken.</param>
internal sealed class SocketPool(Func<CancellationToken, Task<VendorSocket>> connect, int maxIdle, TimeSpan maxAge) : IWarmable, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<VendorSocket> _idle = new();
    private int _warming;
    private bool _isDisposed;

    /// <summary>How many lie unused.</summary>
    public int Idle
    {
        get
        {
            lock (_gate)
                return _idle.Count;
        }
    }

    /// <summary>A connection that nobody else uses: a warm one, or a new one.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">None could be opened.</exception>
    public async ValueTask<VendorSocket> TakeAsync(CancellationToken cancellationToken)
    {
        while (TryPop() is { } warm)
        {
            if (warm.Age < maxAge && warm.StaysQuiet())
                return warm;
            await warm.DisposeAsync();
        }

        return await connect(cancellationToken);
    }

    /// <summary>Gives one back that has nothing more to say; kept if there is room, else closed.</summary>
    public ValueTask ReturnAsync(VendorSocket socket)
    {
        if (socket.Age < maxAge && socket.StaysQuiet())
        {
            lock (_gate)
            {
                if (!_isDisposed && _idle.Count < maxIdle)
                {
                    _idle.Push(socket);
                    return ValueTask.CompletedTask;
                }
            }
        }

        return socket.DisposeAsync();
    }

    /// <inheritdoc/>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _warming, 1) != 0)
            return;
        try
        {
            while (TryPop() is { } idle)
            {
                if (idle.Age < maxAge / 2 && idle.StaysQuiet())
                {
                    await ReturnAsync(idle);
                    return;
                }

                await idle.DisposeAsync();
            }

            await ReturnAsync(await connect(cancellationToken));
        }
        catch (Exception e) when (e is Pipeline.Errors.ProviderException or OperationCanceledException)
        {
            // The call that needs a connection opens it, and tells of what stands in the way.
        }
        finally
        {
            Volatile.Write(ref _warming, 0);
        }
    }

    /// <summary>Closes those that lie unused; those in use are closed when they are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _isDisposed = true;
        while (TryPop() is { } idle)
            await idle.DisposeAsync();
    }

    private VendorSocket? TryPop()
    {
        lock (_gate)
            return _idle.TryPop(out var socket) ? socket : null;
    }
}
