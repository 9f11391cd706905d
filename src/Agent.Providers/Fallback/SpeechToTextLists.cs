using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>Makes lists of recognisers.</summary>
internal sealed class SpeechToTextLists(FallbackOptions options, TimeProvider time, ILogger logger) : IProviderLists<ISpeechToText>
{
    public ProviderHealth Watch(string name, ISpeechToText provider) =>
        new(name, token => FallbackSpeechToText.ProbeAsync(provider, token), options, time, logger);

    public ISpeechToText Make(IReadOnlyList<FallbackCandidate<ISpeechToText>> candidates) => new FallbackSpeechToText(candidates, options, time, logger);
}
