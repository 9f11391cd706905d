namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>synthesis.control</c>, client to service: <c>stop</c> ends what is being spoken. Source: stopSpeaking in SynthesisAdapterBase of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SynthesisControl(string Action);
