namespace Agent.Pipeline.Realtime.Events;

/// <summary>What was understood of the user.</summary>
/// <param name="ItemId">The turn, as in <see cref="RealtimeTurnCommitted"/>.</param>
/// <param name="Text">All the words of it so far.</param>
/// <param name="IsFinal">Whether nothing more of it changes.</param>
public sealed record RealtimeTranscript(string ItemId, string Text, bool IsFinal) : RealtimeEvent;
