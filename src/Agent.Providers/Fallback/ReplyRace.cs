using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Hedging;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>
/// Who of a list answers. The next is asked when those before it have failed or are late; who is late goes on beside it, and the first to speak is it. Being slow
/// alone is no failure, so that a model which thinks for a moment longer than the list waits still answers.
/// </summary>
/// <param name="candidates">In the order in which they are asked.</param>
/// <param name="said">What has been said of the answer.</param>
/// <param name="options">How patient the list is.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told who takes over.</param>
/// <param name="cancellationToken">Ends the answer.</param>
internal sealed class ReplyRace(
    IEnumerable<FallbackCandidate<IChatClient>> candidates, SaidText said, FallbackOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly List<CandidateReply> _running = [];
    private readonly List<CandidateReply> _over = [];
    private readonly List<ProviderException> _errors = [];
    private readonly List<ProviderException> _passedOver = [];
    private readonly LostRequests _lost = new();
    private List<FallbackCandidate<IChatClient>> _waiting = [.. candidates];

    /// <summary>Who has failed, in order.</summary>
    internal IReadOnlyList<ProviderException> Errors => _errors;

    /// <summary>What is to be told before the answer goes on: who was passed over, and what was spent in vain.</summary>
    internal List<ChatResponseUpdate> News { get; } = [];

    /// <summary>What was spent in vain by all.</summary>
    internal LostRequests Lost => _lost;

    /// <summary>Waits for the first to speak.</summary>
    /// <returns>Whose answer it is, or null when nobody is left.</returns>
    internal async Task<CandidateReply?> NextAsync(IReadOnlyList<ChatMessage> conversation, ChatOptions? chat)
    {
        while (_waiting.Count > 0)
        {
            var candidate = _waiting[0];
            _waiting.RemoveAt(0);
            var reply = new CandidateReply(candidate, said, options.AttemptTimeout, time, cancellationToken);
            _running.Add(reply);
            reply.Begin(said.Continue(conversation), chat);
            if (await SpeakingAsync() is { } first)
                return Win(first);
        }

        foreach (var late in _running.ToArray())
            Fail(late, FallbackErrors.Late(late.Provider, options.AttemptTimeout));
        return null;
    }

    /// <summary>Whose answer it was has failed.</summary>
    internal void Fail(CandidateReply reply, ProviderException error)
    {
        reply.Candidate.Health.Failed(error);
        _errors.Add(error);
        _passedOver.Add(error);
        _running.Remove(reply);
        reply.Cancel();
        _over.Add(reply);
    }

    public async ValueTask DisposeAsync()
    {
        // All are told to end before any of them is waited for.
        foreach (var reply in _running)
            reply.Cancel();
        foreach (var reply in _running.Concat(_over))
            await reply.DisposeAsync();
    }

    /// <summary>Who has spoken by the time at which the next is to be asked; null when nobody has.</summary>
    private async Task<CandidateReply?> SpeakingAsync()
    {
        using var due = new CancellationTokenSource(options.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancellationToken);
        var waiting = new TaskCompletionSource();
        await using var registration = either.Token.Register(() => waiting.TrySetResult());
        while (_running.Count > 0)
        {
            await Task.WhenAny(_running.Select(static reply => reply.Speaking).Append(waiting.Task));
            cancellationToken.ThrowIfCancellationRequested();
            if (_running.Find(static reply => reply.Speaking.IsCompletedSuccessfully) is { } first)
                return first;
            foreach (var failed in _running.FindAll(static reply => reply.Speaking.IsCompleted))
                Fail(failed, FallbackErrors.Of(failed.Provider, failed.Speaking.Exception?.InnerException ?? new OperationCanceledException()));
            if (waiting.Task.IsCompleted)
                return null;
        }

        return null;
    }

    private CandidateReply Win(CandidateReply winner)
    {
        var late = new List<FallbackCandidate<IChatClient>>();
        var early = new List<FallbackCandidate<IChatClient>>();
        foreach (var loser in _running.Where(reply => reply != winner).ToArray())
        {
            var isLate = _running.IndexOf(loser) < _running.IndexOf(winner);
            loser.Cancel();
            _over.Add(loser);
            News.Add(_lost.Add(loser.Racer));
            (isLate ? late : early).Add(loser.Candidate);
            if (!isLate)
                continue;
            var error = FallbackErrors.Late(loser.Provider, options.AttemptTimeout);
            loser.Candidate.Health.Late(error);
            _passedOver.Add(error);
        }

        _running.RemoveAll(reply => reply != winner);
        News.AddRange(_passedOver.Select(error => new ChatResponseUpdate { RawRepresentation = new ProviderReplacement(error, winner.Provider) }));
        if (_passedOver.Count > 0)
            FallbackLog.TookOver(logger, _passedOver[^1].Provider, winner.Provider);
        _passedOver.Clear();

        // Who was only slow may still be needed, where the winner fails in the middle.
        _waiting = [.. early, .. _waiting, .. late];
        return winner;
    }
}
