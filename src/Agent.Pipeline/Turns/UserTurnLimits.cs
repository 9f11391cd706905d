using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>Ends a turn of the user that is longer than the options allow.</summary>
internal static class UserTurnLimits
{
    /// <summary>Looks at the turn as it is now; called at the end of every step.</summary>
    internal static void Watch(ref TurnStep step)
    {
        var limit = step.Options.UserTurnLimit;
        if (limit is { MaxWords: null, MaxDuration: null })
            return;
        var turn = step.State.Turn;
        if (turn is not { StartedAt: { } started, IsEndDecided: false, IsDiscarded: false } || step.State.BargeIn is not null)
            step.Stop(TurnTimerKind.UserTurnLimit);
        else if (started + limit.MaxDuration <= step.Now || (limit.MaxWords is { } words && SpokenWords.CountWords(turn) >= words))
            OnReached(ref step);
        else if (limit.MaxDuration is { } duration)
            step.Keep(TurnTimerKind.UserTurnLimit, started + duration);
    }

    private static void OnReached(ref TurnStep step)
    {
        step.Stop(TurnTimerKind.UserTurnLimit);
        step.Note(DecisionKind.Spoke, "the user's turn reached its limit");
        step.Do(new ReportTurnLimit(step.State.Turn, SpokenWords.CountWords(step.State.Turn)));
        Transcripts.Flush(ref step);
        step.State = step.State with { Turn = step.State.Turn with { IsEndFixed = true, IsOverLimit = true } };
        Endpointing.Decide(ref step);
    }
}
