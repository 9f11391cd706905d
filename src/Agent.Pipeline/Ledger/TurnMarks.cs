namespace Agent.Pipeline.Ledger;

/// <summary>What was known about the user's turn when its answer got the floor.</summary>
/// <param name="SpeechEndedAt">The end of the user's speech, or the request: what all steps count from.</param>
/// <param name="TranscriptFinalAt">When the words were fixed; null where there were none.</param>
/// <param name="EndOfTurnAt">When the turn was held to be over; null where there was none.</param>
internal sealed record TurnMarks(TimeSpan SpeechEndedAt, TimeSpan? TranscriptFinalAt = null, TimeSpan? EndOfTurnAt = null);
