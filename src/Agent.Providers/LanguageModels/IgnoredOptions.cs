using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.LanguageModels;

/// <summary>Tells once of each option that an agent sets and a vendor's interface does not take: left out in silence it would be taken for obeyed.</summary>
/// <param name="provider">The provider's name as configured.</param>
/// <param name="logger">Where it is told.</param>
internal sealed class IgnoredOptions(string provider, ILogger logger)
{
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    internal void Tell(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (_told.TryAdd(name, true))
                LanguageModelLog.Ignored(logger, provider, name);
        }
    }

    /// <summary>The names of those that are set.</summary>
    internal static IEnumerable<string> Set(params IEnumerable<(string Name, object? Value)> options) =>
        options.Where(static option => option.Value is not (null or System.Collections.ICollection { Count: 0 })).Select(static option => option.Name);

    /// <summary>Those by which most interfaces choose the next word, and which Anthropic's does not take.</summary>
    internal static IEnumerable<string> Sampling(ChatOptions options) => Set(
        (nameof(options.Temperature), options.Temperature),
        (nameof(options.TopP), options.TopP),
        (nameof(options.TopK), options.TopK),
        (nameof(options.FrequencyPenalty), options.FrequencyPenalty),
        (nameof(options.PresencePenalty), options.PresencePenalty),
        (nameof(options.Seed), options.Seed));
}
