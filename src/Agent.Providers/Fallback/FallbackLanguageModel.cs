using System.Runtime.CompilerServices;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>
/// A list of language models: each answer comes from the first that is well. Where one fails before its first word the next answers, where it is late the next is
/// asked beside it and the first to speak answers; where it fails in the middle the next is given what was said so far and goes on from there, and what it repeats of it is left out.
/// </summary>
internal sealed class FallbackLanguageModel : IChatClient, IWarmable
{
    private readonly IReadOnlyList<FallbackCandidate<IChatClient>> _candidates;
    private readonly ProviderHealth[] _health;
    private readonly FallbackOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;

    /// <param name="candidates">At least one, the preferred first.</param>
    /// <param name="options">How patient the list is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it is told who takes over.</param>
    internal FallbackLanguageModel(IReadOnlyList<FallbackCandidate<IChatClient>> candidates, FallbackOptions options, TimeProvider time, ILogger logger)
    {
        _candidates = candidates;
        _health = [.. candidates.Select(candidate => candidate.Health)];
        _options = options;
        _time = time;
        _logger = logger;
        _name = string.Join(", ", _health.Select(health => health.Provider));
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        _candidates[ProviderHealth.Order(_health).First()].Provider.GetService(typeof(IWarmable)) is IWarmable warmable
            ? warmable.WarmUpAsync(cancellationToken)
            : Task.CompletedTask;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var said = new SaidText();
        await using var race = new ReplyRace(ProviderHealth.Order(_health).Select(i => _candidates[i]).ToArray(), said, _options, _time, _logger, cancellationToken);
        while (await race.NextAsync(conversation, options) is { } reply)
        {
            foreach (var news in race.News)
                yield return said.Mark(news);
            race.News.Clear();
            while (await reply.MoveNextAsync())
            {
                race.Lost.Watch(reply.Current);
                yield return said.Mark(reply.Current);
            }

            if (reply.Error is not { } error)
            {
                if (race.Lost.Estimate() is { } estimate)
                    yield return said.Mark(estimate);
                yield break;
            }

            race.Fail(reply, error);

            // What a vendor declines after it has begun to speak is not given to another to say.
            if (error.Kind == ProviderErrorKind.Content && said.HasWords)
                break;
        }

        throw FallbackErrors.All(_name, race.Errors);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("list", providerUri: null, _name)
            : null;
    }

    public void Dispose()
    {
        // The candidates belong to the catalog.
    }
}
