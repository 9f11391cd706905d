namespace Agent.Pipeline.Turns;

/// <summary>
/// The time after the agent's first sound in which a user's echo canceller is still learning: what is heard of the user may be the agent itself, so that a voice does not
/// interrupt, only a wish for silence does. What the user says then is a turn like any other, answered when the agent has finished. An echo that is
/// recognised later shows that the canceller has not learned enough: the time begins anew.
/// </summary>
internal static class EchoWarmUp
{
    internal static bool IsOn(in TurnStep step) => EndsAt(step) is { } end && step.Now < end;

    /// <summary>The user speaks over the agent meanwhile: looked at again when it is over.</summary>
    internal static void OnStarted(ref TurnStep step)
    {
        step.State = step.State with { Turn = step.State.Turn with { IsOverAgent = true } };
        step.Note(Ledger.DecisionKind.Ignored, "the user's echo canceller may still be learning");
        step.Keep(TurnTimerKind.EchoWarmUp, EndsAt(step)!.Value);
    }

    /// <summary>Somebody may still speak over the agent; with words that are no echo it is the user, who barges in from now on.</summary>
    internal static void OnOver(ref TurnStep step)
    {
        if (!IsOn(step) && step.State is { Turn: { IsSpeaking: true, IsOverAgent: true, IsDiscarded: false, HasText: true }, BargeIn: null })
            BargeIns.OnStarted(ref step, step.Now);
    }

    /// <summary>Nobody speaks, or over nobody: there is nothing to look at again.</summary>
    internal static void Review(ref TurnStep step)
    {
        if (step.State is not { Turn.IsSpeaking: true, Current: not null })
            step.Stop(TurnTimerKind.EchoWarmUp);
    }

    private static TimeSpan? EndsAt(in TurnStep step)
    {
        if (step.State.IsPhone || step.Options.Interruption.EchoWarmUp == TimeSpan.Zero)
            return null;
        return (step.State.EchoAt ?? step.State.FirstAudibleAt) + step.Options.Interruption.EchoWarmUp;
    }
}
