namespace Agent.Pipeline.Turns;

/// <summary>A running timer of the turn machine.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Id">Unique in the session, so that a late firing of a stopped timer is recognised.</param>
/// <param name="Due">When it fires, on the session's clock.</param>
internal sealed record TurnTimer(TurnTimerKind Kind, long Id, TimeSpan Due);
