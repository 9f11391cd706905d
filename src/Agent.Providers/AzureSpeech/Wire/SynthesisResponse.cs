namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>response</c>, service to client, after <c>turn.start</c>: in which stream the audio comes. Source: onServiceResponseMessage in SynthesisTurn of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SynthesisResponse(SynthesisResponseAudio? Audio);
