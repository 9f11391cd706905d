namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The <c>synthesis</c> of <see cref="SynthesisContext"/>.</summary>
internal sealed record SynthesisSection
{
    /// <summary>The sound and what is told about it.</summary>
    public required SynthesisAudio Audio { get; init; }

    /// <summary>Whether the language is to be detected.</summary>
    public required SynthesisLanguage Language { get; init; }

    /// <summary>Voice and manner of a stream of text; null where SSML says it.</summary>
    public SynthesisInput? Input { get; init; }
}
