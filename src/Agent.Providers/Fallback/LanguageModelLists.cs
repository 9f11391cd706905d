using Agent.Pipeline.Errors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>Makes lists of language models.</summary>
internal sealed class LanguageModelLists(FallbackOptions options, TimeProvider time, ILogger logger) : IProviderLists<IChatClient>
{
    private static readonly ChatOptions s_shortest = new() { MaxOutputTokens = 16 };

    public ProviderHealth Watch(string name, IChatClient provider) => new(name, token => ProbeAsync(name, provider, token), options, time, logger);

    public IChatClient Make(IReadOnlyList<FallbackCandidate<IChatClient>> candidates) => new FallbackLanguageModel(candidates, options, time, logger);

    private static async Task ProbeAsync(string name, IChatClient provider, CancellationToken cancellationToken)
    {
        await foreach (var _ in provider.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Say OK.")], s_shortest, cancellationToken))
            return;
        throw new ProviderException(name, ProviderErrorKind.Protocol, $"{name} answered with nothing.", isTransient: true);
    }
}
