using System.Collections.Concurrent;
using Agent.Pipeline.Errors;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>
/// Decoders, loaded ahead of need and lent for one segment at a time. Their number follows the number of open streams up to a limit,
/// so that memory is bounded.
/// </summary>
internal sealed class DecoderPool(Func<Decoder> load, int limit) : IAsyncDisposable
{
    private readonly ConcurrentStack<Decoder> _idle = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly Lock _loading = new();
    private Task _loads = Task.CompletedTask;
    private int _wanted;
    private volatile bool _isDisposed;

    /// <summary>Sees to it that at least <paramref name="count"/> decoders exist or are being loaded, up to the limit.</summary>
    /// <returns>Ends when they are loaded.</returns>
    public Task WarmAsync(int count)
    {
        lock (_loading)
        {
            while (_wanted < Math.Min(count, limit) && !_isDisposed)
            {
                _wanted++;
                _loads = LoadAfter(_loads);
            }

            return _loads;
        }
    }

    /// <summary>Borrows a decoder; blocks until there is one. Give it back with <see cref="Return"/>.</summary>
    public Decoder Rent(CancellationToken cancellationToken)
    {
        _available.Wait(cancellationToken);
        return _idle.TryPop(out var decoder) ? decoder : throw new InvalidOperationException("A decoder was promised and is not there.");
    }

    public void Return(Decoder decoder)
    {
        lock (_loading)
        {
            if (!_isDisposed)
            {
                _idle.Push(decoder);
                _available.Release();
                return;
            }
        }

        decoder.Dispose();
    }

    /// <summary>Takes a decoder that failed out of the pool and has another loaded.</summary>
    public void Discard(Decoder decoder)
    {
        decoder.Dispose();
        lock (_loading)
        {
            if (!_isDisposed)
                _loads = LoadAfter(_loads);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task loads;
        lock (_loading)
        {
            _isDisposed = true;
            loads = _loads;
        }

        try
        {
            await loads;
        }
        catch (AgentException)
        {
            // Whoever waited for it has been told.
        }

        while (_idle.TryPop(out var decoder))
            decoder.Dispose();
    }

    /// <summary>One after the other, on a thread of its own: a load keeps a processor busy for a few hundred milliseconds.</summary>
    private async Task LoadAfter(Task before)
    {
        await before;
        if (_isDisposed)
            return;
        Return(await Task.Factory.StartNew(load, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }
}
