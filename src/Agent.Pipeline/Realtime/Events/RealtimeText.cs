namespace Agent.Pipeline.Realtime.Events;

/// <summary>The next words of an answer, with the spaces between them.</summary>
/// <param name="RequestId">The answer.</param>
/// <param name="ItemId">The part of the answer.</param>
/// <param name="Delta">What follows what came before.</param>
public sealed record RealtimeText(string RequestId, string ItemId, string Delta) : RealtimeAnswerEvent(RequestId);
