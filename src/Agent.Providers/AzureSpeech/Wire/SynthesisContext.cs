namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>synthesis.context</c>, client to service, first message of each request: what is wanted. Source: SynthesisContext and SynthesisAdapterBase of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SynthesisContext(SynthesisSection Synthesis);
