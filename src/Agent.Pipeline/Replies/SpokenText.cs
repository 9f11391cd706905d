namespace Agent.Pipeline.Replies;

/// <summary>Words that are known.</summary>
internal sealed record SpokenText(string Text) : SpeechSource;
