using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>
/// A turn of the user is over and the agent says nothing to it: nothing was understood, it was a sign of listening, it was cleared. Decisions that lead to an
/// utterance, or fall while there is one, come with that utterance's <see cref="TurnEnded"/> instead.
/// </summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Decisions">What was decided since the last turn ended, and why; at least one.</param>
public sealed record UserTurnUnanswered(TimeSpan At, IReadOnlyList<Decision> Decisions) : SessionEvent(At);
