namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The <c>context</c> of <see cref="SpeechConfig"/>.</summary>
internal sealed record SpeechConfigContext(SpeechConfigSystem System);
