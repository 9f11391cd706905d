using System.Globalization;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime;

namespace Agent.Providers.Fallback;

/// <summary>
/// A list of speech-to-speech models: each connection goes to the first that is well. A session tells a new connection what was said and lets it hear the turn
/// that nobody has answered, so that the next model takes over where the one before has failed.
/// </summary>
internal sealed class FallbackRealtimeModel : IRealtimeModel
{
    private readonly IReadOnlyList<FallbackCandidate<IRealtimeModel>> _candidates;
    private readonly ProviderHealth[] _health;
    private readonly FallbackOptions _options;
    private readonly TimeProvider _time;

    /// <param name="candidates">At least one, the preferred first.</param>
    /// <param name="options">How patient the list is.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ConfigurationException">They do not hear or speak at the same rate.</exception>
    internal FallbackRealtimeModel(IReadOnlyList<FallbackCandidate<IRealtimeModel>> candidates, FallbackOptions options, TimeProvider time)
    {
        _candidates = candidates;
        _health = [.. candidates.Select(candidate => candidate.Health)];
        _options = options;
        _time = time;
        Name = string.Join(", ", candidates.Select(candidate => candidate.Provider.Name));
        var first = candidates[0].Provider.Capabilities;
        if (candidates.Select(c => c.Provider).FirstOrDefault(p => p.Capabilities.InputSampleRateHz != first.InputSampleRateHz || p.Capabilities.OutputSampleRateHz != first.OutputSampleRateHz) is { } other)
        {
            throw new ConfigurationException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{Name}' is no list: {other.Name} hears {other.Capabilities.InputSampleRateHz} Hz and speaks {other.Capabilities.OutputSampleRateHz} Hz, and {candidates[0].Provider.Name} {first.InputSampleRateHz} and {first.OutputSampleRateHz}. Leave one out."));
        }

        Capabilities = first with
        {
            EndsTurns = candidates.All(c => c.Provider.Capabilities.EndsTurns),
            Transcribes = candidates.All(c => c.Provider.Capabilities.Transcribes),
            SpeaksGivenText = candidates.All(c => c.Provider.Capabilities.SpeaksGivenText),
        };
    }

    public string Name { get; }

    public RealtimeCapabilities Capabilities { get; }

    public async ValueTask<IRealtimeConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var errors = new List<ProviderException>();
        foreach (var i in ProviderHealth.Order(_health))
        {
            var (provider, health) = _candidates[i];
            try
            {
                var connection = await FallbackErrors.WithinAsync(provider.Name, _options.AttemptTimeout, _time, provider.OpenAsync, cancellationToken);
                return new WatchedRealtimeConnection(connection, provider.Name, health, () => _health.Any(each => each.IsWell && !ReferenceEquals(each, health)));
            }
            catch (ProviderException e)
            {
                health.Failed(e);
                errors.Add(e);
            }
        }

        throw FallbackErrors.All(Name, errors);
    }

    /// <summary>Finds out whether a model can be reached.</summary>
    internal static async Task ProbeAsync(IRealtimeModel provider, CancellationToken cancellationToken)
    {
        await using var connection = await provider.OpenAsync(cancellationToken);
    }
}
