namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The language detected, in results. Source: IPrimaryLanguage of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PrimaryLanguage(string? Language, string? Confidence);
