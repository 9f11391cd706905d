namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The <c>system</c> of <see cref="SpeechConfigContext"/>: the client's library.</summary>
internal sealed record SpeechConfigSystem(string Name, string Version, string Build, string Lang);
