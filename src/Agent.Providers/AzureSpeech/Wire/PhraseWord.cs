namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>A word and its time in units of 100 ns from the beginning of the turn, in <see cref="PhraseAlternative"/>. Source: IWord of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PhraseWord(string? Word, long Offset, long Duration);
