using System.Collections.Immutable;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>Decides that the user's turn has ended, waits for its words and commits it.</summary>
internal static class Endpointing
{
    /// <summary>Begins to wait for the end of a turn, counted from the last speech.</summary>
    internal static void Arm(ref TurnStep step)
    {
        var turn = step.State.Turn;
        if (step.Options.Endpointing.Mode == EndpointingMode.Manual || step.State.BargeIn is not null)
            return;
        if (turn is not { IsOpen: true, IsSpeaking: false, IsEndDecided: false, LastSpeechAt: { } last })
            return;
        var due = last + Delay(step.Options.Endpointing);
        if (due <= step.Now)
            OnSilence(ref step);
        else
            step.Start(TurnTimerKind.Endpointing, due);
    }

    internal static void OnSilence(ref TurnStep step)
    {
        if (step.Options.Endpointing.Mode == EndpointingMode.SpeechToText)
        {
            step.Note(DecisionKind.Waited, "the recogniser did not end the turn");
            Transcripts.Flush(ref step);
        }

        Decide(ref step);
    }

    internal static void OnRecogniserEndedTurn(ref TurnStep step)
    {
        if (step.Options.Endpointing.Mode == EndpointingMode.SpeechToText && step.State is { Turn.IsOpen: true, BargeIn: null })
            Decide(ref step);
    }

    internal static void OnCommitRequested(ref TurnStep step)
    {
        if (!step.State.Turn.IsOpen)
            return;
        if (step.State.BargeIn is not null)
        {
            BargeIns.End(ref step);
            SpeechQueue.Interrupt(ref step);
        }

        if (step.State.Turn.IsSpeaking || step.Options.Endpointing.Mode != EndpointingMode.VoiceActivity)
            Transcripts.Flush(ref step);
        Decide(ref step);
    }

    /// <summary>Words have come, or will not come any more.</summary>
    internal static void OnWords(ref TurnStep step)
    {
        if (step.State is { Turn.IsEndDecided: true, FlushesPending: 0 })
            Commit(ref step);
    }

    internal static void OnTranscriptTimeout(ref TurnStep step)
    {
        step.State = step.State with { FlushesPending = 0 };
        step.Note(DecisionKind.Waited, "the recogniser did not answer in time");
        Commit(ref step);
    }

    /// <summary>Adds words that came after their turn was committed.</summary>
    internal static void Amend(ref TurnStep step, string text)
    {
        var turn = step.State.LastTurn!;
        turn = turn with { Finals = turn.Finals.Add(text), Interim = "" };
        step.State = step.State with { LastTurn = turn };
        step.Do(new WriteUserTurn(turn, turn.Text, Typed: false));

        // An answer that nobody has heard yet is made again with all the words.
        if (step.State is { BargeIn: null, Current: { IsAudible: false, Cause: SpeechCause.UserTurn } current } && current.TurnNumber == turn.Number)
        {
            step.Note(DecisionKind.Cut, "more words of the turn came");
            SpeechQueue.StopCurrent(ref step, byUser: false);
            Answer(ref step, turn);
        }
    }

    /// <summary>Takes a committed turn back: its answer was not heard and the user goes on.</summary>
    internal static void Reopen(ref TurnStep step, long number)
    {
        if (step.State.LastTurn is not { } last || last.Number != number)
            return;
        var turn = step.State.Turn;
        step.State = step.State with
        {
            LastTurn = null,
            Turn = turn with { Number = last.Number, StartedAt = last.StartedAt, Finals = last.Finals.AddRange(Fixed(last.Interim)).AddRange(turn.Finals), Preparations = last.Preparations },
        };
    }

    // A recogniser that decides itself gets the longest delay: then it has stalled, and the turn must not hang on it.
    private static TimeSpan Delay(EndpointingOptions options) =>
        options.Mode == EndpointingMode.SpeechToText ? options.MaxDelay : options.MinDelay;

    private static ImmutableArray<string> Fixed(string interim) => interim.Length == 0 ? [] : [interim];

    private static void Decide(ref TurnStep step)
    {
        step.Stop(TurnTimerKind.Endpointing);
        var turn = step.State.Turn with { IsEndDecided = true, IsSpeaking = false, LastSpeechAt = step.State.Turn.LastSpeechAt ?? step.Now };
        step.State = step.State with { Turn = turn };
        step.Do(new ReportEndOfTurn(turn));
        if (step.State.FlushesPending == 0)
            Commit(ref step);
        else
            step.Start(TurnTimerKind.Transcript, step.Now + step.Options.Endpointing.TranscriptTimeout);
    }

    private static void Commit(ref TurnStep step)
    {
        step.Stop(TurnTimerKind.Transcript);
        var turn = step.State.Turn with { CommittedAt = step.Now };
        step.State = step.State with { Turn = UserTurn.Empty(turn.Number + 1) };
        if (!turn.HasText)
        {
            step.Do(new ReportUntranscribed(turn));
            step.Note(DecisionKind.Ignored, "no word was understood");
            return;
        }

        step.State = step.State with { LastTurn = turn };
        step.Do(new WriteUserTurn(turn, turn.Text, Typed: false));
        Answer(ref step, turn);
    }

    private static void Answer(ref TurnStep step, UserTurn turn)
    {
        var answer = Preparations.Answer(step.State, turn);
        step.State = step.State with { LastReply = step.State.LastReply + 1 };
        step.Note(DecisionKind.Spoke, "the user's turn has ended");
        SpeechQueue.Add(ref step, answer);
    }
}
