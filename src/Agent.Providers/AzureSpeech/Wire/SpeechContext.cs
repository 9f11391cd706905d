namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>speech.context</c>, client to service, first message of each turn: what is wanted. Source: SpeechContext and ServiceRecognizerBase of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SpeechContext
{
    /// <summary>How speech is cut into phrases.</summary>
    public PhraseDetection? PhraseDetection { get; init; }

    /// <summary>What results hold.</summary>
    public PhraseOutput? PhraseOutput { get; init; }

    /// <summary>Languages to tell apart.</summary>
    public LanguageId? LanguageId { get; init; }

    /// <summary>Terms to expect (dynamic grammar).</summary>
    public DynamicGrammar? Dgi { get; init; }
}
