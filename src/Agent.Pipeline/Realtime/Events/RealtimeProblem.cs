using Agent.Pipeline.Errors;

namespace Agent.Pipeline.Realtime.Events;

/// <summary>Something has failed, and the connection goes on.</summary>
/// <param name="Error">What.</param>
public sealed record RealtimeProblem(ProviderException Error) : RealtimeEvent;
