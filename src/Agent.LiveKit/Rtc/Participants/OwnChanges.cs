namespace Agent.LiveKit.Rtc;

/// <summary>
/// Waits until something about ourselves has changed in the room. The native library begins to listen for the server's answer only after it has sent the
/// request (<c>set_attributes</c> in <c>local_participant.rs</c>, SDK 0.12.80): an answer that is quicker is lost, and the request fails after 5 s although it was
/// done. The change itself arrives by another way, so that is waited for as well.
/// </summary>
internal sealed class OwnChanges
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Something about ourselves may have changed.</summary>
    internal void Raise() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    /// <summary>Asks for a change and waits for the answer or for the change, whichever comes first.</summary>
    /// <param name="ask">Asks; gives the refusal, or null when it was done. Its cancellation ends the wait only.</param>
    /// <param name="isDone">Whether it is as it was asked to be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it was refused; null when it was done.</returns>
    internal async Task<string?> AskAsync(Func<CancellationToken, Task<string?>> ask, Func<bool> isDone, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = ask(stop.Token);
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (!asking.IsCompleted && !isDone())
                await Task.WhenAny(asking, next);
            if (asking.IsCompleted)
                return await asking is { } refusal && !isDone() ? refusal : null;
            if (!isDone())
                continue;
            stop.Cancel();
            await Task.WhenAny(asking);
            if (asking.IsFaulted)
                await asking;
            return null;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
