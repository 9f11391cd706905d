using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Turns.Effects;

/// <summary>Puts a decision into the ledger.</summary>
internal sealed record NoteDecision(DecisionKind Kind, string Reason) : TurnEffect;
