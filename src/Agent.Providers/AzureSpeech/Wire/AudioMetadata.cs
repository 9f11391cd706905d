namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>audio.metadata</c>, service to client: what happens when in the sound. Source: SynthesisAudioMetadata of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record AudioMetadata(IReadOnlyList<AudioMetadataItem>? Metadata);
