using Microsoft.Extensions.AI;

namespace Agent.Providers.Hedging;

/// <summary>One of two requests for the same answer, until its first word, call or end.</summary>
internal sealed class Racer : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly CancellationTokenSource _cancellation;
    private readonly List<ChatResponseUpdate> _before = [];
    private readonly bool _isSpokenByThought;
    private bool _isDisposed;

    /// <param name="provider">The model's name.</param>
    /// <param name="model">Who is asked.</param>
    /// <param name="messages">What.</param>
    /// <param name="options">How.</param>
    /// <param name="isSpokenByThought">Whether a model that thinks aloud has spoken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal Racer(string provider, IChatClient model, IEnumerable<ChatMessage> messages, ChatOptions? options, bool isSpokenByThought, CancellationToken cancellationToken)
    {
        Provider = provider;
        _isSpokenByThought = isSpokenByThought;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _updates = model.GetStreamingResponseAsync(messages, options, _cancellation.Token).GetAsyncEnumerator(_cancellation.Token);
        Speaking = SpeakAsync();
    }

    internal string Provider { get; }

    /// <summary>Completes with the first word or call, or with the end of the answer.</summary>
    internal Task Speaking { get; }

    /// <summary>What it is known to have cost so far.</summary>
    internal UsageDetails Usage { get; } = new();

    /// <summary>All that it says, from its beginning.</summary>
    internal async IAsyncEnumerable<ChatResponseUpdate> ReadAsync()
    {
        await Speaking;
        foreach (var update in _before)
            yield return update;
        if (_before.Count == 0)
            yield break;
        while (await _updates.MoveNextAsync())
            yield return _updates.Current;
    }

    /// <summary>Cancels it, and waits until it has let go of its connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        Cancel();
        _isDisposed = true;
        await Speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _updates.DisposeAsync();
        _cancellation.Dispose();
    }

    /// <summary>Cancels it, without waiting.</summary>
    internal void Cancel()
    {
        if (!_isDisposed)
            _cancellation.Cancel();
    }

    private async Task SpeakAsync()
    {
        while (await _updates.MoveNextAsync())
        {
            var update = _updates.Current;
            _before.Add(update);
            foreach (var content in update.Contents)
            {
                if (content is UsageContent usage)
                    Usage.Add(usage.Details);
            }

            if (update.FinishReason is not null || update.Contents.Any(IsSpoken))
                return;
        }
    }

    private bool IsSpoken(AIContent content) =>
        content is TextContent { Text.Length: > 0 } or FunctionCallContent || (_isSpokenByThought && content is TextReasoningContent);
}
