using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>
/// The agent's turn: the utterance that has the floor, and how it ends exactly once. One that has nothing to be heard for a while may let another speak;
/// it then stands behind that one and goes on after it.
/// </summary>
internal static class AgentFloor
{
    internal static void Start(ref TurnStep step, AgentSpeech speech)
    {
        Preparations.HandOver(ref step, speech);
        step.State = step.State with { Current = speech with { SilentSince = step.Now } };
        step.Do(new StartSpeech(speech));
    }

    /// <summary>Lets an utterance speak while the one that has the floor is silent.</summary>
    internal static void Interject(ref TurnStep step, AgentSpeech speech)
    {
        step.State = step.State with { Behind = step.State.Behind.Add(step.State.Current!), Current = speech with { SilentSince = step.Now } };
        step.Do(new InterjectSpeech(speech));
    }

    internal static void OnAudible(ref TurnStep step, string id)
    {
        if (Find(step.State, id) is not { SilentSince: not null } speech)
            return;
        step.State = step.State with { FirstAudibleAt = step.State.FirstAudibleAt ?? step.Now };
        Replace(ref step, speech, speech with { IsAudible = true, AudibleAt = speech.AudibleAt ?? step.Now, IsSuspended = false, SilentSince = null });
    }

    /// <summary>It waits for a tool, and everything that it has to say until then was heard.</summary>
    internal static void OnSuspended(ref TurnStep step, string id)
    {
        if (Find(step.State, id) is { IsSuspended: false } speech)
            Replace(ref step, speech, speech with { IsSuspended = true, SilentSince = speech.SilentSince ?? step.Now });
    }

    internal static void OnContinued(ref TurnStep step, string id)
    {
        if (Find(step.State, id) is { IsSuspended: true } speech)
            Replace(ref step, speech, speech with { IsSuspended = false });
    }

    internal static void OnEnded(ref TurnStep step, string id)
    {
        if (Is(step.State.Current, id))
            End(ref step);
        else if (Find(step.State, id) is { } behind)
            step.State = step.State with { Behind = step.State.Behind.Remove(behind) };
    }

    /// <summary>Ends the utterance that speaks and those that let it speak; up to the first that is protected, unless forced.</summary>
    internal static void Stop(ref TurnStep step, bool byUser, bool force)
    {
        if (step.State.Current is not { } current || (current.IsProtected && !force))
            return;
        step.Do(new StopSpeech(current, byUser));
        while (step.State.Behind is [.., var next] && (force || !next.IsProtected))
        {
            step.State = step.State with { Behind = step.State.Behind.RemoveAt(step.State.Behind.Length - 1) };
            step.Do(new StopSpeech(next, byUser));
        }

        // A user who takes the floor has it; otherwise it is free for whatever was said over the utterance.
        if (byUser)
            step.State = step.State with { Current = null };
        else
            End(ref step);
    }

    /// <summary>Ends one utterance; the one that it spoke for goes on.</summary>
    internal static void Stop(ref TurnStep step, string id, bool force)
    {
        if (Find(step.State, id) is not { } speech || (speech.IsProtected && !force))
            return;
        step.Do(new StopSpeech(speech, ByUser: false));
        OnEnded(ref step, id);
    }

    /// <summary>What the agent is saying or about to say, whatever covers its silence; null when it is nobody's turn but the user's.</summary>
    internal static AgentSpeech? Answer(TurnState state) => state is { Current.Cause: SpeechCause.Filler, Behind: [.., var answer] } ? answer : state.Current;

    private static void End(ref TurnStep step)
    {
        if (step.State.Behind is [.., var next])
        {
            // Its silence is counted anew; whoever is held stays held.
            next = next with { IsHeld = step.State.Current is { IsHeld: true }, SilentSince = next.SilentSince is null ? null : step.Now };
            step.State = step.State with { Current = next, Behind = step.State.Behind.RemoveAt(step.State.Behind.Length - 1) };
            step.Do(new ReturnSpeech(next));
            return;
        }

        // The floor is free: what the user said over the utterance is a turn like any other now.
        step.State = step.State with { Current = null, QuietUntil = step.Now + step.Options.MinGap };
        BargeIns.End(ref step);
        if (step.State.Turn.IsDiscarded)
            step.State = step.State with { Turn = step.State.Turn with { IsDiscarded = false } };
        Endpointing.Arm(ref step);
    }

    private static AgentSpeech? Find(TurnState state, string id)
    {
        if (Is(state.Current, id))
            return state.Current;
        foreach (var speech in state.Behind)
        {
            if (Is(speech, id))
                return speech;
        }

        return null;
    }

    private static void Replace(ref TurnStep step, AgentSpeech before, AgentSpeech after)
    {
        step.State = Is(step.State.Current, before.Id)
            ? step.State with { Current = after }
            : step.State with { Behind = step.State.Behind.Replace(before, after) };
    }

    private static bool Is(AgentSpeech? speech, string id) => string.Equals(speech?.Id, id, StringComparison.Ordinal);
}
