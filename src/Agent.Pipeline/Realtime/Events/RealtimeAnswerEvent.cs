namespace Agent.Pipeline.Realtime.Events;

/// <summary>A piece of an answer.</summary>
/// <param name="RequestId">The answer that it belongs to, as it was asked for.</param>
public abstract record RealtimeAnswerEvent(string RequestId) : RealtimeEvent;
