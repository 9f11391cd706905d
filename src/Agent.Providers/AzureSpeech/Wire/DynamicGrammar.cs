namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>Terms to expect, in <see cref="SpeechContext"/>. Source: DynamicGrammarBuilder of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record DynamicGrammar(IReadOnlyList<DynamicGrammarGroup> Groups, double Bias);
