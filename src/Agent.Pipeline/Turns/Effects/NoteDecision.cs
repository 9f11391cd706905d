using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Turns.Effects;

/// <summary>Puts a decision into the ledger.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="UserTurn">The number of the user's turn that it is about, or that was the last.</param>
/// <param name="SpeechId">The utterance that it is about; null where there is none.</param>
internal sealed record NoteDecision(DecisionKind Kind, string Reason, long UserTurn, string? SpeechId) : TurnEffect;
