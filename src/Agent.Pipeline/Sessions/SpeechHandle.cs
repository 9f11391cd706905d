using System.Runtime.CompilerServices;
using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Sessions;

/// <summary>An utterance of the agent that was asked for; awaiting it waits until it is over.</summary>
public sealed class SpeechHandle
{
    private readonly TaskCompletionSource<SpeechOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SpeechHandle(string id) => Id = id;

    /// <summary>The utterance's identifier, as in the history, the captions and the ledger.</summary>
    public string Id { get; }

    /// <summary>What became of it. Never fails; <see cref="SpeechOutcome.Cancelled"/> when the session closes first.</summary>
    public Task<SpeechOutcome> Completion => _completion.Task;

    /// <summary>Makes the handle itself awaitable.</summary>
    public TaskAwaiter<SpeechOutcome> GetAwaiter() => Completion.GetAwaiter();

    internal void Complete(SpeechOutcome outcome) => _completion.TrySetResult(outcome);
}
