namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>Whether the language is to be detected, in <see cref="SynthesisSection"/>.</summary>
internal sealed record SynthesisLanguage(bool AutoDetection);
