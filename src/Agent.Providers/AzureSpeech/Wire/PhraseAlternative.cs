namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>What a phrase may have been, in <see cref="SpeechPhrase"/>. Source: IPhrase of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PhraseAlternative
{
    /// <summary>How sure the service is, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The words as recognised: small letters, no punctuation, numbers as words.</summary>
    public string? Lexical { get; init; }

    /// <summary>The words with numbers as digits.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("ITN")]
    public string? Itn { get; init; }

    /// <summary>The same, profanity masked.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("MaskedITN")]
    public string? MaskedItn { get; init; }

    /// <summary>The words as written.</summary>
    public string? Display { get; init; }

    /// <summary>The words of <see cref="Lexical"/> with their times.</summary>
    public IReadOnlyList<PhraseWord>? Words { get; init; }

    /// <summary>The words of <see cref="Display"/> with their times.</summary>
    public IReadOnlyList<PhraseWord>? DisplayWords { get; init; }
}
