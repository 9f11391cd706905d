namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>What results hold, in <see cref="SpeechContext"/>. Source: PhraseOutput of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PhraseOutput
{
    /// <summary><c>Simple</c> or <c>Detailed</c>.</summary>
    public required string Format { get; init; }

    /// <summary>What detailed results hold besides.</summary>
    public PhraseDetails? Detailed { get; init; }

    /// <summary>Which interim results are sent; needed where the language is to be detected.</summary>
    public ResultType? InterimResults { get; init; }

    /// <summary>Which phrases are sent; needed where the language is to be detected.</summary>
    public ResultType? PhraseResults { get; init; }
}
