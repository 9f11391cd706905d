using Agent.Pipeline.Errors;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.ElevenLabs;

/// <summary>The connections for one model and voice: shared by utterances up to a limit, replaced when they are too old.</summary>
internal sealed class ElevenLabsConnections(
    string provider, Func<CancellationToken, Task<ElevenLabsConnection>> connect, VendorCall call, ElevenLabsOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly List<ElevenLabsConnection> _open = [];
    private bool _isDisposed;

    /// <summary>Sees to it that an utterance finds a connection.</summary>
    /// <exception cref="ProviderException">None can be opened.</exception>
    public async ValueTask WarmAsync(CancellationToken cancellationToken)
    {
        await DropOldAsync();
        if (HasRoom())
            return;
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (!HasRoom())
                Add(await call.ExecuteAsync(VendorStage.Connect, async token => await connect(token), cancellationToken));
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Opens an utterance on the connection that has the fewest, or on a new one. Not repeated: the caller's attempt is.</summary>
    /// <exception cref="ProviderException">No connection can be opened.</exception>
    public async ValueTask<ElevenLabsContext> OpenAsync(Func<ElevenLabsConnection, ElevenLabsContext> create, CancellationToken cancellationToken)
    {
        while (true)
        {
            ElevenLabsConnection[] usable;
            lock (_gate)
                usable = [.. _open.Where(IsFresh).OrderBy(connection => connection.Contexts)];
            foreach (var connection in usable)
            {
                if (connection.TryAdd(create, options.ContextsPerConnection, out var context))
                    return context!;
            }

            await _connecting.WaitAsync(cancellationToken);
            try
            {
                if (HasRoom())
                    continue;
                var made = await call.WithinAsync(VendorStage.Connect, async token => await connect(token), cancellationToken);
                Add(made);
                if (made.TryAdd(create, options.ContextsPerConnection, out var context))
                    return context!;
            }
            finally
            {
                _connecting.Release();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        ElevenLabsConnection[] all;
        lock (_gate)
        {
            _isDisposed = true;
            all = [.. _open];
            _open.Clear();
        }

        foreach (var connection in all)
            await connection.DisposeAsync();
    }

    private bool HasRoom()
    {
        lock (_gate)
            return _open.Exists(connection => IsFresh(connection) && connection.Contexts < options.ContextsPerConnection);
    }

    private bool IsFresh(ElevenLabsConnection connection) => connection.IsUsable && connection.Age < options.Resilience.MaxConnectionAge;

    private void Add(ElevenLabsConnection connection)
    {
        int open;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _open.Add(connection);
            open = _open.Count;
        }

        ElevenLabsLog.Connected(logger, provider, open);
    }

    private async ValueTask DropOldAsync()
    {
        ElevenLabsConnection[] old;
        lock (_gate)
        {
            old = [.. _open.Where(connection => !IsFresh(connection) && !connection.IsInUse)];
            foreach (var connection in old)
                _open.Remove(connection);
        }

        foreach (var connection in old)
        {
            if (connection.Failure is { } failure)
                ElevenLabsLog.Disconnected(logger, provider, failure.Kind);
            await connection.DisposeAsync();
        }
    }
}
