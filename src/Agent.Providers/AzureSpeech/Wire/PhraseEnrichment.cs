namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>What is done with the words, in <see cref="PhraseDetection"/>. Source: Enrichment of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PhraseEnrichment(string Profanity);
