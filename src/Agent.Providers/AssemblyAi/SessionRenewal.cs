using Agent.Pipeline.Errors;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.AssemblyAi;

/// <summary>Opens the session that takes the place of one which is about to expire, and says when it does. Used by the sender alone.</summary>
internal sealed class SessionRenewal(
    string provider, Func<CancellationToken, Task<AssemblyAiSession>> begin, TimeSpan margin, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>From here on a turn is cut rather than lost.</summary>
    private static readonly TimeSpan s_last = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _disposed = new();
    private Task<AssemblyAiSession>? _opening;
    private DateTimeOffset _notBefore;

    /// <summary>The session to go on with; null while the current one stays.</summary>
    /// <param name="current">The current session.</param>
    /// <param name="isQuiet">Whether no turn is open and no flush is awaited.</param>
    public AssemblyAiSession? TryTake(AssemblyAiSession current, bool isQuiet)
    {
        var now = time.GetUtcNow();
        if (now < current.ExpiresAt - margin)
            return null;
        if (_opening is null && now >= _notBefore)
            _opening = begin(_disposed.Token);
        if (_opening is not { IsCompleted: true } opened)
            return null;
        if (!opened.IsCompletedSuccessfully)
        {
            _opening = null;
            _notBefore = now + s_retry;
            if (opened.Exception?.InnerException is { } error)
                AssemblyAiLog.RenewalFailed(logger, provider, ErrorText.Of(error), ErrorText.Unforeseen(error));
            return null;
        }

        if (!isQuiet && now < current.ExpiresAt - s_last)
            return null;
        _opening = null;
        return opened.Result;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        if (_opening is { } opening)
        {
            try
            {
                await using var unused = await opening;
                await unused.TerminateAsync();
            }
            catch (Exception e) when (e is ProviderException or OperationCanceledException)
            {
                // Nothing was opened.
            }
        }

        _disposed.Dispose();
    }
}
