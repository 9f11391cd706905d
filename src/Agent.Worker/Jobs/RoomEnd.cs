namespace Agent.Worker.Jobs;

/// <summary>Why a job is no longer in its room.</summary>
/// <param name="IsLoss">Whether the connection was lost rather than ended by somebody.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record RoomEnd(bool IsLoss, string Reason);
