namespace Agent.Pipeline.Turns;

/// <summary>
/// Learns how long this user pauses inside a turn, as an exponential average. A pause counts when the user went on by the same breath: before the
/// turn had ended, before its answer was heard, or so soon after the answer began that the turn had clearly been ended too early.
/// </summary>
internal static class UserPauses
{
    /// <summary>The user has gone on after a pause inside the turn, and has stopped again.</summary>
    internal static void OnStopped(ref TurnStep step)
    {
        if (step.State.Turn.PauseBefore is not { } pause)
            return;
        step.State = step.State with { Turn = step.State.Turn with { PauseBefore = null } };
        Learn(ref step, pause);
    }

    /// <summary>The user has taken the floor from an answer.</summary>
    internal static void OnTaken(ref TurnStep step, AgentSpeech answer, TimeSpan at)
    {
        if (!step.Options.Endpointing.Dynamic || step.State.LastTurn is not { LastSpeechAt: { } last } turn || turn.Number != answer.TurnNumber)
            return;
        if (answer.AudibleAt is { } audible && at - audible > EndpointingDelays.Min(step.State, step.Options))
            return;
        if (at > last && at - last <= EndpointingDelays.Max(step.Options))
            Learn(ref step, at - last);
    }

    private static void Learn(ref TurnStep step, TimeSpan pause)
    {
        if (!step.Options.Endpointing.Dynamic)
            return;
        var inertia = step.Options.Endpointing.DynamicInertia;
        var old = step.State.LearnedPause ?? EndpointingDelays.Floor(step.Options) / EndpointingDelays.Headroom;
        step.State = step.State with { LearnedPause = (inertia * old) + ((1 - inertia) * pause) };
    }
}
