namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>speech.hypothesis</c> and <c>speech.fragment</c>, service to client: words that may still change. Times in units of 100 ns from the beginning of the turn. Source: SpeechHypothesis of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SpeechHypothesis(string? Text, long Offset, long Duration, PrimaryLanguage? PrimaryLanguage);
