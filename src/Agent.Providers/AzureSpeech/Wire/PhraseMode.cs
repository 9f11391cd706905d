namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The settings of one mode, in <see cref="PhraseDetection"/>.</summary>
internal sealed record PhraseMode(PhraseSegmentation Segmentation);
