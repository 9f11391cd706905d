using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>The agent's utterances: which has the floor, which wait, and how each ends exactly once.</summary>
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

    /// <summary>Gives the floor to the next utterance when it is free.</summary>
    internal static void Advance(ref TurnStep step)
    {
        if (step.State is not { Current: null, Waiting: [var next, ..] } || !IsFloorFree(step))
            return;
        Preparations.HandOver(ref step, next);
        step.State = step.State with { Current = next, Waiting = step.State.Waiting.RemoveAt(0) };
        step.Do(new StartSpeech(next));
    }

    internal static void OnAudible(ref TurnStep step, string id)
    {
        if (step.State.Current is { IsAudible: false } current && string.Equals(current.Id, id, StringComparison.Ordinal))
            step.State = step.State with { Current = current with { IsAudible = true, AudibleAt = step.Now } };
    }

    internal static void OnEnded(ref TurnStep step, string id)
    {
        if (step.State.Current is not { } current || !string.Equals(current.Id, id, StringComparison.Ordinal))
            return;
        step.State = step.State with { Current = null };
        Leave(ref step);
    }

    /// <summary>The user takes the floor: ends the utterance and those behind it, up to the first that is protected.</summary>
    internal static void Interrupt(ref TurnStep step)
    {
        StopCurrent(ref step, byUser: true);
        while (step.State.Waiting is [{ IsProtected: false } next, ..])
        {
            step.State = step.State with { Waiting = step.State.Waiting.RemoveAt(0) };
            step.Do(new StopSpeech(next, ByUser: true));
        }
    }

    /// <summary>Ends every utterance, protected ones too.</summary>
    internal static void Clear(ref TurnStep step)
    {
        foreach (var waiting in step.State.Waiting)
            step.Do(new StopSpeech(waiting, ByUser: false));
        step.State = step.State with { Waiting = [] };
        if (step.State.Current is null)
            return;
        StopCurrent(ref step, byUser: false);
        Leave(ref step);
    }

    internal static void StopCurrent(ref TurnStep step, bool byUser)
    {
        if (step.State.Current is not { } current)
            return;
        step.State = step.State with { Current = null };
        step.Do(new StopSpeech(current, byUser));
    }

    /// <summary>The floor is free: what the user said over the utterance is a turn like any other now.</summary>
    private static void Leave(ref TurnStep step)
    {
        BargeIns.End(ref step);
        if (step.State.Turn.IsDiscarded)
            step.State = step.State with { Turn = step.State.Turn with { IsDiscarded = false } };
        Endpointing.Arm(ref step);
    }

    private static bool IsFloorFree(TurnStep step)
    {
        var turn = step.State.Turn;
        if (!step.State.IsLinked)
            return false;
        return step.Mode == EndpointingMode.Manual ? !turn.IsSpeaking && !turn.IsEndDecided && !step.State.IsFloorHeld : !turn.IsOpen;
    }
}
