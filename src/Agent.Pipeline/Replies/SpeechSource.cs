namespace Agent.Pipeline.Replies;

/// <summary>What an utterance is made of.</summary>
internal abstract record SpeechSource;
