namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The sound that is wanted, in <see cref="SynthesisSection"/>; formats as in "Audio outputs" of the text to speech REST API (learn.microsoft.com, 2025).</summary>
internal sealed record SynthesisAudio(SynthesisMetadataOptions MetadataOptions, string OutputFormat);
