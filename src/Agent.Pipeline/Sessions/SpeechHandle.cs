using System.Runtime.CompilerServices;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Replies;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// An utterance of the agent that was asked for; awaiting it waits until it is over. A tool may await what it asked for itself: that is said while the answer that
/// called the tool waits for it.
/// </summary>
public sealed class SpeechHandle
{
    private readonly TaskCompletionSource<SpeechOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<bool> _interrupt;

    /// <param name="id">The utterance's identifier.</param>
    /// <param name="interrupt">Ends it; the argument says whether although it is protected. Null where nobody holds the handle.</param>
    internal SpeechHandle(string id, Action<bool>? interrupt = null)
    {
        Id = id;
        _interrupt = interrupt ?? (static _ => { });
    }

    /// <summary>The utterance's identifier, as in the history, the captions and the ledger.</summary>
    public string Id { get; }

    /// <summary>What became of it. Never fails; <see cref="SpeechOutcome.Cancelled"/> when the session closes first.</summary>
    public Task<SpeechOutcome> Completion => _completion.Task;

    /// <summary>What became of it; null while it is not over.</summary>
    public SpeechOutcome? Outcome => Completion.IsCompleted ? Completion.Result : null;

    /// <summary>Whether it ended before its end, heard or not.</summary>
    public bool IsInterrupted => Outcome is SpeechOutcome.Interrupted or SpeechOutcome.Cancelled;

    /// <summary>Ends this utterance and no other, or takes it out of the queue. Does nothing when it is over.</summary>
    /// <param name="force">Whether it ends although it is protected; otherwise a protected utterance goes on.</param>
    public void Interrupt(bool force = false) => _interrupt(force);

    /// <summary>Waits until it is over.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the utterance.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="InvalidOperationException">A tool waits for the very answer that waits for the tool.</exception>
    public async Task<SpeechOutcome> WaitForPlayoutAsync(CancellationToken cancellationToken = default)
    {
        ToolScope.Check(this);

        // Task.WaitAsync would go on from another thread, which nothing does that runs on virtual time.
        var waiting = new TaskCompletionSource<SpeechOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Completion.GetAwaiter().OnCompleted(() => waiting.TrySetResult(Completion.Result));
        await using var registration = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        return await waiting.Task;
    }

    /// <summary>Makes the handle itself awaitable.</summary>
    /// <exception cref="InvalidOperationException">A tool waits for the very answer that waits for the tool.</exception>
    public TaskAwaiter<SpeechOutcome> GetAwaiter()
    {
        ToolScope.Check(this);
        return Completion.GetAwaiter();
    }

    internal void Complete(SpeechOutcome outcome) => _completion.TrySetResult(outcome);
}
