namespace Agent.Pipeline.Realtime.Events;

/// <summary>What was heard since the last turn is a turn of the user.</summary>
/// <param name="ItemId">Under which the model knows it.</param>
/// <param name="ByModel">Whether the model itself has found that the turn has ended; otherwise it was told so.</param>
public sealed record RealtimeTurnCommitted(string ItemId, bool ByModel) : RealtimeEvent;
