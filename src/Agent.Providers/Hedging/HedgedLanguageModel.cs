using System.Runtime.CompilerServices;
using Agent.Pipeline.Speech;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Hedging;

/// <summary>
/// Asks a second time, the same model or another, when the first token is later than usual: whoever speaks first answers (a call is speech too), the other is
/// cancelled at once. A first request that fails while a second is under way leaves the answer to that one.
/// </summary>
public sealed class HedgedLanguageModel : IChatClient, IWarmable
{
    private readonly (string Name, IChatClient Model) _first;
    private readonly (string Name, IChatClient Model) _second;
    private readonly FirstTokenTimes _times;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates one over two models, or twice the same; they stay their owner's.</summary>
    /// <param name="name">The first one's name.</param>
    /// <param name="model">The first one.</param>
    /// <param name="otherName">The second one's name.</param>
    /// <param name="otherModel">The second one.</param>
    /// <param name="options">When the second is asked.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where losers and their costs are told.</param>
    public HedgedLanguageModel(string name, IChatClient model, string otherName, IChatClient otherModel, HedgingOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _first = (name, model);
        _second = (otherName, otherModel);
        _times = new FirstTokenTimes(options);
        _time = timeProvider;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        _first.Model.GetService(typeof(IWarmable)) is IWarmable warmable ? warmable.WarmUpAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var began = _time.GetTimestamp();
        await using var first = new Racer(_first.Name, _first.Model, conversation, options, isSpokenByThought: false, cancellationToken);
        if (await IsInTimeAsync(first, cancellationToken) || !_times.TryHedge())
        {
            await first.Speaking;
            _times.Add(_time.GetElapsedTime(began));
            await foreach (var update in first.ReadAsync())
                yield return update;
            yield break;
        }

        HedgeMeter.Hedged(_first.Name);
        await using var second = new Racer(_second.Name, _second.Model, conversation, options, isSpokenByThought: false, cancellationToken);
        var winner = await FirstToSpeakAsync(first, second);
        var loser = winner == first ? second : first;
        _times.Add(_time.GetElapsedTime(began));
        loser.Cancel();
        HedgeLog.Lost(_logger, loser.Provider, winner.Provider, loser.Usage.InputTokenCount ?? 0, loser.Usage.OutputTokenCount ?? 0);
        var lost = new LostRequests();
        yield return lost.Add(loser);
        await foreach (var update in winner.ReadAsync())
        {
            lost.Watch(update);
            yield return update;
        }

        if (lost.Estimate() is { } estimate)
            yield return estimate;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _first.Model.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The models are their owner's.
    }

    /// <summary>Whether it has spoken, or failed, before a second request is due.</summary>
    private async ValueTask<bool> IsInTimeAsync(Racer first, CancellationToken cancellationToken)
    {
        using var due = new CancellationTokenSource(_times.Delay, _time);
        var waiting = new TaskCompletionSource();
        await using var registration = due.Token.Register(() => waiting.TrySetResult());
        await Task.WhenAny(first.Speaking, waiting.Task);
        cancellationToken.ThrowIfCancellationRequested();
        if (!first.Speaking.IsCompleted)
            return false;
        _times.Spare();
        return true;
    }

    /// <summary>The first to speak; one that fails leaves the answer to the other.</summary>
    private async Task<Racer> FirstToSpeakAsync(Racer first, Racer second)
    {
        var early = await Task.WhenAny(first.Speaking, second.Speaking) == first.Speaking ? first : second;
        if (early.Speaking.IsCompletedSuccessfully)
            return early;
        var late = early == first ? second : first;
        await late.Speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!late.Speaking.IsCompletedSuccessfully)
            return first;
        if (early.Speaking.Exception is { } error)
            HedgeLog.FailedBeside(_logger, early.Provider, error.GetBaseException());
        return late;
    }
}
