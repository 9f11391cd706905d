namespace Agent.Pipeline.Turns.Effects;

/// <summary>Sends <see cref="Events.TimerFired"/> when the timer is due; replaces a timer of the same kind.</summary>
internal sealed record StartTimer(TurnTimer Timer) : TurnEffect;
