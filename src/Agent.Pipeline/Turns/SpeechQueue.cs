using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>The agent's utterances that wait for the floor: in which order they get it, and when.</summary>
internal static class SpeechQueue
{
    internal static void Add(ref TurnStep step, AgentSpeech speech)
    {
        var waiting = step.State.Waiting;
        var place = waiting.Length;
        while (place > 0 && waiting[place - 1].Priority < speech.Priority)
            place--;
        step.State = step.State with { Waiting = waiting.Insert(place, speech) };
    }

    /// <summary>Gives the floor to the next utterance when it is free, or the voice while who has the floor waits for a tool.</summary>
    internal static void Advance(ref TurnStep step)
    {
        if (step.State is not { Waiting: [var next, ..], BargeIn: null } || step.State.Current is { IsSuspended: false } || !IsFloorFree(step))
        {
            step.Stop(TurnTimerKind.Gap);
            return;
        }

        if (IsTooSoon(step, next))
        {
            step.Keep(TurnTimerKind.Gap, step.State.QuietUntil);
            return;
        }

        step.Stop(TurnTimerKind.Gap);
        step.State = step.State with { Waiting = step.State.Waiting.RemoveAt(0) };
        if (step.State.Current is null)
            AgentFloor.Start(ref step, next);
        else
            AgentFloor.Interject(ref step, next);
    }

    /// <summary>The application wants silence: ends what may be interrupted, or everything.</summary>
    internal static void OnInterruptRequested(ref TurnStep step, bool force)
    {
        if (force)
        {
            Clear(ref step);
            return;
        }

        AgentFloor.Stop(ref step, byUser: false, force: false);
        if (step.State.Current is null)
            InterruptWaiting(ref step, byUser: false);
    }

    /// <summary>The application wants one utterance to end, wherever it is.</summary>
    internal static void OnInterruptRequested(ref TurnStep step, string id, bool force)
    {
        foreach (var waiting in step.State.Waiting)
        {
            if (!string.Equals(waiting.Id, id, StringComparison.Ordinal) || (waiting.IsProtected && !force))
                continue;
            step.State = step.State with { Waiting = step.State.Waiting.Remove(waiting) };
            step.Do(new StopSpeech(waiting, ByUser: false));
            return;
        }

        AgentFloor.Stop(ref step, id, force);
    }

    /// <summary>The user takes the floor: ends the utterance and those that wait, up to the first that is protected.</summary>
    internal static void Interrupt(ref TurnStep step)
    {
        AgentFloor.Stop(ref step, byUser: true, force: true);
        InterruptWaiting(ref step, byUser: true);
    }

    /// <summary>Ends every utterance, protected ones too.</summary>
    internal static void Clear(ref TurnStep step)
    {
        foreach (var waiting in step.State.Waiting)
            step.Do(new StopSpeech(waiting, ByUser: false));
        step.State = step.State with { Waiting = [] };
        AgentFloor.Stop(ref step, byUser: false, force: true);
    }

    private static void InterruptWaiting(ref TurnStep step, bool byUser)
    {
        while (step.State.Waiting is [{ IsProtected: false } next, ..])
        {
            step.State = step.State with { Waiting = step.State.Waiting.RemoveAt(0) };
            step.Do(new StopSpeech(next, byUser));
        }
    }

    // Answers are not kept waiting: the user's turn was the gap.
    private static bool IsTooSoon(in TurnStep step, AgentSpeech next) =>
        step.State.Current is null && step.Now < step.State.QuietUntil && next.Cause is not (SpeechCause.UserTurn or SpeechCause.UserTurnLimit or SpeechCause.TypedText);

    private static bool IsFloorFree(in TurnStep step)
    {
        var turn = step.State.Turn;
        if (!step.State.IsLinked)
            return false;
        return step.Mode == EndpointingMode.Manual ? !turn.IsSpeaking && !turn.IsEndDecided && !step.State.IsFloorHeld : !turn.IsOpen;
    }
}
