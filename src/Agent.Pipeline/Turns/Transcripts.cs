using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Turns;

/// <summary>What the recogniser understands, and to which turn it belongs.</summary>
internal static class Transcripts
{
    internal static void OnInterim(ref TurnStep step, UserInterim interim)
    {
        if (!Belongs(ref step, interim.Text, interim.Start, interim.End))
            return;
        step.State = step.State with { Turn = step.State.Turn with { Interim = interim.Text } };
        BargeIns.OnWords(ref step);
    }

    internal static void OnFinal(ref TurnStep step, UserFinal final)
    {
        if (final.Text.Length > 0 && IsLate(step.State, final))
        {
            Endpointing.Amend(ref step, final.Text);
            return;
        }

        if (!Belongs(ref step, final.Text, final.Start, final.End))
            return;
        var turn = step.State.Turn;
        step.State = step.State with { Turn = turn with { Interim = "", Finals = final.Text.Length == 0 ? turn.Finals : turn.Finals.Add(final.Text) } };
        BargeIns.OnWords(ref step);
        Endpointing.OnWords(ref step);
    }

    internal static void OnFlushed(ref TurnStep step)
    {
        if (step.State.FlushesPending > 0)
            step.State = step.State with { FlushesPending = step.State.FlushesPending - 1 };
        BargeIns.OnWords(ref step);
        Endpointing.OnWords(ref step);
    }

    internal static void Flush(ref TurnStep step)
    {
        step.State = step.State with { FlushesPending = step.State.FlushesPending + 1 };
        step.Do(new FlushRecogniser());
    }

    private static bool IsLate(TurnState state, UserFinal final) =>
        state.LastTurn is { CommittedAt: { } committed } && final.Start < committed && (!state.Turn.IsOpen || final.End <= state.Turn.StartedAt);

    private static bool Belongs(ref TurnStep step, string text, TimeSpan start, TimeSpan end)
    {
        var state = step.State;
        if (!state.IsLinked || state.Turn.IsDiscarded)
            return false;
        if (state.Turn.IsOpen)
            return true;

        // Words without a voice: while the agent has the floor they are its echo or the rest of a barge-in that was none; otherwise the
        // recogniser has heard what voice activity has not.
        if (text.Length == 0 || state.Current is not null || end <= state.ForgottenAt)
            return false;
        step.State = state with { Turn = state.Turn with { StartedAt = start, LastSpeechAt = end } };
        Endpointing.Arm(ref step);
        return true;
    }
}
