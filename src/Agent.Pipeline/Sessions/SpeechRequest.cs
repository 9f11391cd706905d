using Agent.Pipeline.Replies;

namespace Agent.Pipeline.Sessions;

/// <summary>What an utterance is to be made of, until it begins.</summary>
/// <param name="Handle">Who waits for it.</param>
/// <param name="Source">The words, or how to come by them.</param>
/// <param name="AddToHistory">Whether what is heard of it enters the history.</param>
internal sealed record SpeechRequest(SpeechHandle Handle, SpeechSource Source, bool AddToHistory);
