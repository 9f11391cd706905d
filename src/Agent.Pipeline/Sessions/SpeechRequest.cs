namespace Agent.Pipeline.Sessions;

/// <summary>What an utterance is to be made of, until it begins.</summary>
/// <param name="Handle">Who waits for it.</param>
/// <param name="Text">The words; null asks the model.</param>
/// <param name="Instructions">What the model is told for this answer only; may be null.</param>
/// <param name="AddToHistory">Whether what is heard of it enters the history.</param>
/// <param name="RequestedAt">When it was asked for, on the session's clock.</param>
internal sealed record SpeechRequest(SpeechHandle Handle, string? Text, string? Instructions, bool AddToHistory, TimeSpan RequestedAt);
