namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>What follows the detection, in <see cref="LanguageId"/>: <c>Recognize</c> or <c>None</c>.</summary>
internal sealed record LanguageIdAction(string Action);
