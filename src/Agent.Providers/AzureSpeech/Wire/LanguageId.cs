namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>Languages to tell apart, in <see cref="SpeechContext"/>. Source: LanguageIdContext of Microsoft's Speech SDK for JavaScript 1.52 and what its ServiceRecognizerBase sends.</summary>
internal sealed record LanguageId(IReadOnlyList<string> Languages, string Mode, LanguageIdAction OnSuccess, LanguageIdAction OnUnknown, string Priority);
