namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>One term, in <see cref="DynamicGrammarGroup"/>.</summary>
internal sealed record DynamicGrammarItem(string Text);
