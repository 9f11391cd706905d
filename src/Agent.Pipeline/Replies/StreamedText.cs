namespace Agent.Pipeline.Replies;

/// <summary>Words that the application has as they come.</summary>
internal sealed record StreamedText(IAsyncEnumerable<string> Text) : SpeechSource;
