using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Turns;

/// <summary>What the recogniser understands, and to which turn it belongs.</summary>
internal static class Transcripts
{
    internal static void OnInterim(ref TurnStep step, UserInterim interim)
    {
        if (interim.IsEcho || !Belongs(ref step, interim.Text, interim.Start, interim.End))
            return;
        step.State = step.State with { Turn = step.State.Turn.WithInterim(interim.Text, interim.Start, interim.End) };
        Extend(ref step, interim.Start, interim.End);
        BargeIns.OnWords(ref step);
        Endpointing.OnWords(ref step);
    }

    internal static void OnFinal(ref TurnStep step, UserFinal final)
    {
        if (final.IsEcho)
        {
            OnEcho(ref step, final);
            return;
        }

        if (IsOfLastTurn(step.State, final.Start) && (!step.State.Turn.IsOpen || final.End <= step.State.Turn.StartedAt))
        {
            if (final.Text.Length > 0)
                LateWords.OnFinal(ref step, final);
            return;
        }

        if (!step.State.Turn.IsOpen && final.Text.Length > 0 && BargeIns.TryTakeWith(ref step, final.Text, final.Start, final.End))
            return;
        if (!Belongs(ref step, final.Text, final.Start, final.End))
            return;
        step.State = step.State with { Turn = step.State.Turn.WithFinal(final.Text, final.Start, final.End) };
        if (final.Text.Length > 0)
            BargeIns.OnEarlierFinal(ref step, final.End);
        Extend(ref step, final.Start, final.End);
        BargeIns.OnWords(ref step);
        Endpointing.OnWords(ref step);
    }

    internal static void OnFlushed(ref TurnStep step, long flush)
    {
        // An answer that was given up comes too late to mean anything.
        if (flush <= step.State.AnsweredFlush)
            return;
        step.State = step.State with { AnsweredFlush = flush };
        BargeIns.OnWords(ref step);
        Endpointing.OnWords(ref step);
    }

    internal static void Flush(ref TurnStep step)
    {
        step.State = step.State with { LastFlush = step.State.LastFlush + 1 };
        step.Do(new FlushRecogniser(step.State.LastFlush));
    }

    /// <summary>Waits for no answer of the recogniser any more.</summary>
    internal static void GiveUp(ref TurnStep step) => step.State = step.State with { AnsweredFlush = step.State.LastFlush };

    /// <summary>What was heard was the agent: the segment is settled, and nobody has said it.</summary>
    private static void OnEcho(ref TurnStep step, UserFinal final)
    {
        step.Note(DecisionKind.Ignored, "the agent's own echo");
        step.State = step.State with { EchoAt = step.Now };
        if (!step.State.Turn.IsOpen)
            return;
        step.State = step.State with { Turn = step.State.Turn.WithFinal("", final.Start, final.End) with { HasEcho = true } };
        BargeIns.OnWords(ref step);
        Endpointing.OnWords(ref step);
    }

    private static bool IsOfLastTurn(TurnState state, TimeSpan start) => start < state.LastTurn?.CommittedAt;

    private static bool Belongs(ref TurnStep step, string text, TimeSpan start, TimeSpan end)
    {
        var state = step.State;
        if (!state.IsLinked || state.Turn.IsDiscarded)
            return false;
        if (state.Turn.IsOpen)
            return end > state.ForgottenAt || end <= start;

        // Words without a voice: while the agent has the floor they are its echo or the rest of a barge-in that was none, and the segment of the
        // last turn may change until it is final; otherwise the recogniser has heard what voice activity has not.
        if (text.Length == 0 || state.Current is not null || state.RunOn is not null || end <= state.ForgottenAt || IsOfLastTurn(state, start))
            return false;
        step.State = state with { Turn = state.Turn with { StartedAt = start, LastSpeechAt = end } };
        Endpointing.Arm(ref step);
        return true;
    }

    /// <summary>The recogniser hears speech that voice activity does not: the pause counts from there.</summary>
    private static void Extend(ref TurnStep step, TimeSpan start, TimeSpan end)
    {
        if (step.State is not { BargeIn: null, Turn: { IsSpeaking: false, IsEndDecided: false, LastSpeechAt: { } last } turn })
            return;
        end = end < step.Now ? end : step.Now;
        if (end <= last || (turn.HasVoice && start < last))
            return;
        step.State = step.State with { Turn = turn with { LastSpeechAt = end } };
        Endpointing.Arm(ref step);
    }
}
