using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>Makes lists of synthesizers.</summary>
internal sealed class TextToSpeechLists(FallbackOptions options, TimeProvider time, ILogger logger) : IProviderLists<ITextToSpeech>
{
    public ProviderHealth Watch(string name, ITextToSpeech provider) =>
        new(name, token => FallbackTextToSpeech.ProbeAsync(provider, token), options, time, logger);

    public ITextToSpeech Make(IReadOnlyList<FallbackCandidate<ITextToSpeech>> candidates) => new FallbackTextToSpeech(candidates, options, time, logger);
}
