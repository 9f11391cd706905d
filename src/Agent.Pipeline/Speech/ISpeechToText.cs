namespace Agent.Pipeline.Speech;

/// <summary>A speech recogniser. One instance serves any number of concurrent streams.</summary>
public interface ISpeechToText
{
    /// <summary>The name as configured, e.g. <c>local/pocketsphinx</c>.</summary>
    string Name { get; }

    /// <summary>What this recogniser can do, and the audio it wants.</summary>
    SpeechToTextCapabilities Capabilities { get; }

    /// <summary>Opens a stream for one participant's speech.</summary>
    /// <exception cref="Errors.ProviderException">The recogniser cannot be reached or refuses.</exception>
    ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken);
}
