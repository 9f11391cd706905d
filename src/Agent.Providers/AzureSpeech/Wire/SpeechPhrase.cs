namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>speech.phrase</c>, service to client: a segment is over. Times in units of 100 ns from the beginning of the turn. Source: SimpleSpeechPhrase and DetailedSpeechPhrase of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SpeechPhrase
{
    /// <summary><c>Success</c>, <c>NoMatch</c>, <c>InitialSilenceTimeout</c>, <c>BabbleTimeout</c>, <c>EndOfDictation</c> or an error.</summary>
    public string? RecognitionStatus { get; init; }

    /// <summary>When it began.</summary>
    public long Offset { get; init; }

    /// <summary>How long it lasted.</summary>
    public long Duration { get; init; }

    /// <summary>The words, in the simple format.</summary>
    public string? DisplayText { get; init; }

    /// <summary>The language detected.</summary>
    public PrimaryLanguage? PrimaryLanguage { get; init; }

    /// <summary>What it may have been, the best first, in the detailed format.</summary>
    public IReadOnlyList<PhraseAlternative>? NBest { get; init; }
}
