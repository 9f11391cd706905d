using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>An answer that was begun before the user's turn had ended was given the floor, or thrown away: what the head start gains and costs.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="IsUsed">Whether it got the floor; otherwise the call to the model was in vain.</param>
/// <param name="Lead">How long it had been in the making: the time gained, or lost.</param>
/// <param name="Usage">What the model had told of its cost by then; null when nothing. Most models tell it with their last token, so that a call that was cut short costs more than this says.</param>
public sealed record PreemptiveReplyEnded(TimeSpan At, bool IsUsed, TimeSpan Lead, UsageDetails? Usage) : SessionEvent(At);
