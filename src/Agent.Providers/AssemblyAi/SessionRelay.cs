using Agent.Pipeline.Errors;
using Agent.Providers.AssemblyAi.Wire;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// The sessions of a stream, one after the other: audio goes to the newest, and each is heard to its end. One gives way before it expires; one that is doubted is asked
/// to end, to which a service that listens always has an answer (assemblyai.com/docs/streaming/message-sequence, 2026). One sender, one receiver.
/// </summary>
internal sealed class SessionRelay(
    string provider, AssemblyAiSession first, Func<CancellationToken, Task<AssemblyAiSession>> begin, AssemblyAiOptions options, TurnResults results, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>How long a doubted session may take for its end: with the flush before it, less than a recogniser's connection may be silent.</summary>
    private static readonly TimeSpan s_proof = TimeSpan.FromSeconds(0.5);

    private readonly SessionRenewal _renewal = new(provider, begin, options.RenewBefore, time, logger);
    private AssemblyAiSession _heard = first;

    /// <summary>The session that is sent audio.</summary>
    public AssemblyAiSession Current { get; private set; } = first;

    /// <summary>Lets a session that is about to expire give way. The sender's.</summary>
    public async ValueTask RenewAsync(CancellationToken cancellationToken)
    {
        if (_renewal.TryTake(Current, results.IsQuiet) is not { } successor)
            return;
        AssemblyAiLog.SessionRenewed(logger, provider, successor.Id);
        var old = Current;
        Current = successor;
        await old.GiveWayAsync(successor, options.Resilience.FirstByteTimeout, cancellationToken);
    }

    /// <summary>Lets a doubted session prove that it listens by its end, and begins another. The sender's.</summary>
    /// <exception cref="ProviderException">Another cannot be begun.</exception>
    public async ValueTask ProveAsync(CancellationToken cancellationToken)
    {
        var old = Current;
        AssemblyAiLog.SessionDoubted(logger, provider, old.Id);
        await old.EndAsync(s_proof, cancellationToken);
        Current = await begin(cancellationToken);
        old.Precede(Current);
    }

    /// <summary>Receives until cancelled. The receiver's.</summary>
    /// <exception cref="ProviderException">A session was lost, ended by itself, or could not prove that it listens.</exception>
    public async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await _heard.ReceiveAsync(cancellationToken))
            {
                case TurnMessage turn:
                    results.Read(turn);
                    break;
                case WarningMessage warning:
                    AssemblyAiLog.Warned(logger, provider, warning.WarningCode, _heard.Id);
                    break;
                case TerminationMessage end:
                    AssemblyAiLog.SessionEnded(logger, provider, _heard.Id, end.AudioDurationSeconds, end.SessionDurationSeconds);
                    results.End();
                    await GoOnAsync(cancellationToken);
                    break;
                case null:
                    await GoOnAsync(cancellationToken);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync();
        await _heard.DisposeAsync();
        await Current.DisposeAsync();
    }

    private async ValueTask GoOnAsync(CancellationToken cancellationToken)
    {
        var old = _heard;
        _heard = await old.Successor.WaitAsync(cancellationToken);
        results.GoOn(_heard);
        await old.DisposeAsync();
    }
}
