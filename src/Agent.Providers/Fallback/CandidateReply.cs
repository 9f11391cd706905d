using Agent.Pipeline.Errors;
using Agent.Providers.Hedging;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Fallback;

/// <summary>One candidate's answer while it comes: whole words only, so that the next can go on behind one, and no longer pause than the list allows.</summary>
internal sealed class CandidateReply : IAsyncDisposable
{
    private readonly FallbackCandidate<IChatClient> _candidate;
    private readonly SaidText _said;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private readonly WholeWords _words = new();
    private Racer? _racer;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;
    private RepeatedWords? _repeated;
    private bool _isWhole;
    private bool _isOver;

    internal CandidateReply(FallbackCandidate<IChatClient> candidate, SaidText said, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _candidate = candidate;
        _said = said;
        _limit = limit;
        _cancellationToken = cancellationToken;
        _timeout = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellationToken);
    }

    internal FallbackCandidate<IChatClient> Candidate => _candidate;

    /// <summary>The candidate's name.</summary>
    internal string Provider => _candidate.Health.Provider;

    /// <summary>The request.</summary>
    internal Racer Racer => _racer ?? throw new InvalidOperationException("Nothing was asked.");

    /// <summary>Completes when something of the answer has come, or with the error before that.</summary>
    internal Task Speaking => Racer.Speaking;

    /// <summary>What has come.</summary>
    internal ChatResponseUpdate Current { get; private set; } = new();

    /// <summary>Why it ended before it was whole; null when it did not.</summary>
    internal ProviderException? Error { get; private set; }

    internal void Begin(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        _repeated = _said.HasWords ? new RepeatedWords(_said.Text) : null;
        _racer = new Racer(Provider, _candidate.Provider, messages, options, isSpokenByThought: true, _either.Token);
        _updates = _racer.ReadAsync().GetAsyncEnumerator(_either.Token);
    }

    /// <returns>Whether something has come.</returns>
    internal async ValueTask<bool> MoveNextAsync()
    {
        while (!_isOver)
        {
            if (!await TryMoveAsync())
            {
                _isOver = true;
                return Error is null && TryGive(new ChatResponseUpdate(ChatRole.Assistant, []), [.. Give(_words.Rest(), isLast: true)]);
            }

            var update = _updates!.Current;
            if (update.Contents.Count > 0 || update.FinishReason is not null)
                _candidate.Health.Succeeded();
            var contents = update.Contents.OfType<TextContent>().SelectMany(text => Give(_words.Add(text.Text), isLast: false)).ToList();

            // What says why the answer ended, or calls, ends its text.
            _isWhole |= update.FinishReason is not null || update.Contents.Any(static content => content is FunctionCallContent);
            if (_isWhole)
                contents.AddRange(Give(_words.Rest(), isLast: true));
            contents.AddRange(update.Contents.Where(static content => content is not TextContent));
            if (TryGive(update, contents))
                return true;
        }

        return false;
    }

    /// <summary>Ends it where it is, without waiting until it has let go of its connection.</summary>
    internal void Cancel() => _racer?.Cancel();

    public async ValueTask DisposeAsync()
    {
        if (_updates is { } updates)
            await updates.DisposeAsync();
        if (_racer is { } racer)
            await racer.DisposeAsync();
        _either.Dispose();
        _timeout.Dispose();
    }

    private async ValueTask<bool> TryMoveAsync()
    {
        try
        {
            _timeout.CancelAfter(_limit);
            var moved = await _updates!.MoveNextAsync();
            _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            if (!moved && !_isWhole && !_said.HasWords && _words.IsEmpty)
                Error = new ProviderException(_candidate.Health.Provider, ProviderErrorKind.Protocol, $"{_candidate.Health.Provider} answered with nothing.", isTransient: true);
            return moved;
        }
        catch (Exception e) when (!_cancellationToken.IsCancellationRequested)
        {
            // Whatever comes after the end of an answer does not undo it.
            if (!_isWhole)
                Error = _timeout.IsCancellationRequested && e is OperationCanceledException ? FallbackErrors.Late(_candidate.Health.Provider, _limit, e) : FallbackErrors.Of(_candidate.Health.Provider, e);
            return false;
        }
    }

    private IEnumerable<AIContent> Give(string words, bool isLast)
    {
        if (_repeated is { } repeated)
            words = repeated.Pass(words, isLast);
        if (words.Length == 0)
            return [];
        _said.Add(words);
        return [new TextContent(words)];
    }

    private bool TryGive(ChatResponseUpdate update, List<AIContent> contents)
    {
        if (contents.Count == 0 && update.FinishReason is null)
            return false;
        Current = new ChatResponseUpdate(update.Role ?? ChatRole.Assistant, contents)
        {
            ResponseId = update.ResponseId,
            MessageId = update.MessageId,
            ModelId = update.ModelId,
            FinishReason = update.FinishReason,
        };
        return true;
    }
}
