namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>What detailed results hold, in <see cref="PhraseOutput"/>: <c>WordTimings</c> of the words as recognised, <c>DisplayWordTimings</c> of the words as written. Source: PhraseOption of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PhraseDetails(IReadOnlyList<string> Options);
