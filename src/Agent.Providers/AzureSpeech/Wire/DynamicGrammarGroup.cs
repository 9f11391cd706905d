namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>Terms of one kind, in <see cref="DynamicGrammar"/>; <c>Generic</c> is a list of phrases.</summary>
internal sealed record DynamicGrammarGroup(string Type, IReadOnlyList<DynamicGrammarItem> Items);
