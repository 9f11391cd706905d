namespace Agent.Testing;

/// <summary>What a scripted speech-to-speech model answers.</summary>
/// <param name="Text">The words.</param>
/// <param name="Tool">A tool that it calls; null for none.</param>
/// <param name="Arguments">The arguments as JSON.</param>
internal sealed record ScriptedAnswer(string Text, string? Tool = null, string Arguments = "{}");
