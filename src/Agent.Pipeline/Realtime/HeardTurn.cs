namespace Agent.Pipeline.Realtime;

/// <summary>When a turn of the user was said, on the session's clock.</summary>
internal sealed record HeardTurn(TimeSpan Start, TimeSpan End);
