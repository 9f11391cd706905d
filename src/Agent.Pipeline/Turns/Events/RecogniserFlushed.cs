namespace Agent.Pipeline.Turns.Events;

/// <summary>The recogniser has answered everything up to the oldest <see cref="Effects.FlushRecogniser"/> that was not answered yet.</summary>
internal sealed record RecogniserFlushed : TurnEvent;
