namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The stream, in <see cref="SynthesisResponse"/>.</summary>
internal sealed record SynthesisResponseAudio(string? Type, string? StreamId);
