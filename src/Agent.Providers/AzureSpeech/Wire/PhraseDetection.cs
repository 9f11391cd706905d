namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>How speech is cut into phrases, in <see cref="SpeechContext"/>. Source: PhraseDetectionContext of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PhraseDetection
{
    /// <summary><c>Interactive</c>, <c>Conversation</c> or <c>Dictation</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>The language, as a BCP 47 tag; null where it is to be detected.</summary>
    public string? Language { get; init; }

    /// <summary>The settings of the mode of that name.</summary>
    public PhraseMode? Conversation { get; init; }

    /// <inheritdoc cref="Conversation"/>
    public PhraseMode? Dictation { get; init; }

    /// <summary>What is done with the words.</summary>
    public PhraseEnrichment? Enrichment { get; init; }
}
