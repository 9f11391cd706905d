using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>
/// The user speaking over the agent. The agent is silent at once; then either the user takes the floor, by duration and words of this
/// one barge-in, or the agent goes on where it was.
/// </summary>
internal static class BargeIns
{
    internal static void OnStarted(ref TurnStep step, TimeSpan at)
    {
        if (step.State.Current is not { } current || step.State.IsFloorHeld || step.Mode == EndpointingMode.Manual)
            return;
        if (step.State.IsProtected || !step.Options.Interruption.Enabled)
        {
            step.State = step.State with { Turn = step.State.Turn with { IsDiscarded = true } };
            step.Note(DecisionKind.Ignored, "the utterance is protected");
            return;
        }

        // A second barge-in while the first is undecided starts its own count of words: false ones must not add up.
        step.Stop(TurnTimerKind.FalseInterruption);
        step.State = step.State with
        {
            BargeIn = new BargeIn(at),
            Turn = step.State.Turn with { StartedAt = at, Finals = [], Interim = "", Unsettled = [], WordsFrom = null },
        };
        if (!current.IsHeld)
        {
            step.State = step.State with { Current = current with { IsHeld = true } };
            step.Do(new HoldSpeech(current));
            step.Note(DecisionKind.Paused, "the user speaks");
        }

        step.Start(TurnTimerKind.BargeIn, at + step.Options.Interruption.MinDuration + step.Options.DetectionDelay);
    }

    internal static void OnStopped(ref TurnStep step, TimeSpan at)
    {
        if (step.State.BargeIn is not { } bargeIn)
            return;
        step.Stop(TurnTimerKind.BargeIn);
        step.State = step.State with { BargeIn = bargeIn with { EndedAt = at } };
        if (!TryTake(ref step))
            step.Start(TurnTimerKind.FalseInterruption, at + step.Options.Interruption.FalseInterruptionTimeout);
    }

    internal static void OnLongEnough(ref TurnStep step) => TryTake(ref step);

    internal static void OnFalseTimeout(ref TurnStep step) => DropAndResume(ref step, "the barge-in was too short");

    /// <summary>Words have come, or will not come any more.</summary>
    internal static void OnWords(ref TurnStep step)
    {
        if (step.State.BargeIn is null || TryTake(ref step))
            return;
        if (step.State is { BargeIn.EndedAt: not null, FlushesPending: 0, Turn.HasText: false })
            DropAndResume(ref step, "nothing was said");
    }

    /// <summary>Lets the agent go on.</summary>
    internal static void Resume(ref TurnStep step, string reason)
    {
        if (step.State.BargeIn is null)
            return;
        End(ref step);
        if (step.State.Current is not { IsHeld: true } current)
            return;
        current = current with { IsHeld = false };
        step.State = step.State with { Current = current };
        step.Do(new ReleaseSpeech(current));
        step.Note(DecisionKind.Resumed, reason);
    }

    /// <summary>There is nothing left to barge in on.</summary>
    internal static void End(ref TurnStep step)
    {
        if (step.State.BargeIn is null)
            return;
        step.State = step.State with { BargeIn = null };
        step.Stop(TurnTimerKind.BargeIn);
        step.Stop(TurnTimerKind.FalseInterruption);
    }

    private static void DropAndResume(ref TurnStep step, string reason)
    {
        UserVoice.Forget(ref step);
        Resume(ref step, reason);
    }

    private static bool TryTake(ref TurnStep step)
    {
        if (step.State is not { BargeIn: { } bargeIn, Current: { } current })
            return false;

        // Speech whose end is not known may have ended already: only what is older than the detector's own delay counts.
        if ((bargeIn.EndedAt ?? step.Now - step.Options.DetectionDelay) - bargeIn.At < step.Options.Interruption.MinDuration)
            return false;
        if (SpokenWords.CountWords(step.State.Turn) < step.Options.Interruption.MinWords)
            return false;

        End(ref step);
        step.Note(DecisionKind.Cut, "the user took the floor");
        Endpointing.OnTaken(ref step, current, bargeIn.At);
        SpeechQueue.Interrupt(ref step);
        Endpointing.Arm(ref step);
        return true;
    }
}
