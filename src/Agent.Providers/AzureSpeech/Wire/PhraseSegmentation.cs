namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>When a segment ends, in <see cref="PhraseMode"/>: mode <c>Custom</c> with a silence in milliseconds. Source: Segmentation of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record PhraseSegmentation(string Mode, int SegmentationSilenceTimeoutMs);
