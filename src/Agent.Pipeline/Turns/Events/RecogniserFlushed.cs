namespace Agent.Pipeline.Turns.Events;

/// <summary>The recogniser has answered everything up to the <see cref="Effects.FlushRecogniser"/> with this number.</summary>
internal sealed record RecogniserFlushed(long Flush) : TurnEvent;
