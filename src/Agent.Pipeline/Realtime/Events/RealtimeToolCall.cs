namespace Agent.Pipeline.Realtime.Events;

/// <summary>The model calls a tool, and goes on when it has been told the result and is asked to answer again.</summary>
/// <param name="RequestId">The answer in which it does.</param>
/// <param name="CallId">The call, for its result.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments by name, as JSON.</param>
public sealed record RealtimeToolCall(string RequestId, string CallId, string Name, string Arguments) : RealtimeAnswerEvent(RequestId);
