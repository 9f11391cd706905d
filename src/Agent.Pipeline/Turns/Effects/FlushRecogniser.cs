namespace Agent.Pipeline.Turns.Effects;

/// <summary>Asks the recogniser for the final words of everything heard so far.</summary>
internal sealed record FlushRecogniser : TurnEffect;
