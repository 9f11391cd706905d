namespace Agent.Pipeline.Speech;

/// <summary>A speech synthesizer. One instance serves any number of concurrent utterances.</summary>
public interface ITextToSpeech
{
    /// <summary>The name as configured, e.g. <c>local/flite:slt</c>.</summary>
    string Name { get; }

    /// <summary>What this synthesizer can do, and the audio it makes.</summary>
    TextToSpeechCapabilities Capabilities { get; }

    /// <summary>Begins one utterance.</summary>
    /// <exception cref="Errors.ProviderException">The synthesizer cannot be reached or refuses.</exception>
    ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken);
}
