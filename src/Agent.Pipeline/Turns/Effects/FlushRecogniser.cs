namespace Agent.Pipeline.Turns.Effects;

/// <summary>Asks the recogniser for the final words of everything heard so far; answered by <see cref="Events.RecogniserFlushed"/> with the same number.</summary>
internal sealed record FlushRecogniser(long Flush) : TurnEffect;
