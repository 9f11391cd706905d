using Agent.Pipeline.Realtime;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>Makes lists of speech-to-speech models.</summary>
internal sealed class RealtimeModelLists(FallbackOptions options, TimeProvider time, ILogger logger) : IProviderLists<IRealtimeModel>
{
    public ProviderHealth Watch(string name, IRealtimeModel provider) =>
        new(name, token => FallbackRealtimeModel.ProbeAsync(provider, token), options, time, logger);

    public IRealtimeModel Make(IReadOnlyList<FallbackCandidate<IRealtimeModel>> candidates) => new FallbackRealtimeModel(candidates, options, time);
}
