namespace Agent.Pipeline.Turns.Events;

/// <summary>Whether the speech-to-speech model hears the user, so that it can end turns.</summary>
/// <param name="IsThere">False when it cannot be reached: silence ends turns in its place.</param>
internal sealed record ModelListens(bool IsThere) : TurnEvent;
