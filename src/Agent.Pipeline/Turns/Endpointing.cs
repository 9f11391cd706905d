using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>Decides that the user's turn has ended, waits for its words and commits it.</summary>
internal static class Endpointing
{
    /// <summary>Begins to wait for the end of a turn, counted from the last speech.</summary>
    internal static void Arm(ref TurnStep step)
    {
        if (step.Mode == EndpointingMode.Manual || step.State.IsFloorHeld || step.State.BargeIn is not null)
            return;
        if (step.State.Turn is not { IsOpen: true, IsSpeaking: false, IsEndDecided: false, IsDiscarded: false, LastSpeechAt: { } last } turn)
            return;
        if (step.Mode == EndpointingMode.Detector)
        {
            TurnDetection.Weigh(ref step, last);
            return;
        }

        // Somebody else who decides, and has not, gets the longest delay: then they have stalled, and the turn must not hang on them.
        // Nobody waits for a model that is not there.
        var isModelGone = IsModelGone(step);
        var isOwed = step.Mode != EndpointingMode.VoiceActivity && !turn.IsEndedByListener && !isModelGone;
        var due = last + (isOwed ? EndpointingDelays.Max(step.Options)
            : isModelGone ? EndpointingDelays.Plain(step.State, step.Options)
            : EndpointingDelays.Min(step.State, step.Options));
        if (due > step.Now)
            step.Keep(TurnTimerKind.Endpointing, due);
        else
            OnSilence(ref step);
    }

    internal static void OnSilence(ref TurnStep step)
    {
        switch (step.Mode)
        {
            case EndpointingMode.Detector:
                TurnDetection.OnDelayOver(ref step);
                return;
            case EndpointingMode.SpeechToText when !step.State.Turn.IsEndedByListener:
                step.Note(DecisionKind.Waited, "the recogniser did not end the turn");
                Transcripts.Flush(ref step);
                break;
            case EndpointingMode.Realtime when !step.State.Turn.IsEndedByListener:
                step.Note(DecisionKind.Waited, IsModelGone(step) ? "the model cannot be reached" : "the model did not end the turn");
                break;
        }

        Decide(ref step);
    }

    /// <summary>The recogniser, or the speech-to-speech model, holds the turn to be over.</summary>
    internal static void OnListenerEndedTurn(ref TurnStep step, EndpointingMode mode)
    {
        if (step.Mode != mode || step.State.IsFloorHeld || step.State.Turn is not { IsOpen: true, IsEndDecided: false, IsDiscarded: false } turn)
            return;

        // Over the agent it is remembered: it counts when the user takes the floor. With a delay it counts from the end of the voice.
        step.State = step.State with { Turn = turn with { IsEndedByListener = true } };
        if (step.State.BargeIn is not null)
            return;
        if (turn.IsSpeaking && EndpointingDelays.Min(step.State, step.Options) == TimeSpan.Zero)
            Decide(ref step);
        else
            Arm(ref step);
    }

    /// <summary>The speech-to-speech model cannot be reached any more, or can be again.</summary>
    internal static void OnModelListens(ref TurnStep step, bool isThere)
    {
        if (step.State.IsModelGone == !isThere)
            return;
        step.State = step.State with { IsModelGone = !isThere };
        if (step.Mode == EndpointingMode.Realtime)
            Arm(ref step);
    }

    /// <summary>Words have come, or will not come any more.</summary>
    internal static void OnWords(ref TurnStep step)
    {
        if (step.State is { Turn.IsEndDecided: true, FlushesPending: 0 })
            Commit(ref step);
        else if (step.Mode == EndpointingMode.Detector)
            Arm(ref step);
    }

    internal static void OnTranscriptTimeout(ref TurnStep step)
    {
        step.Note(DecisionKind.Waited, "the recogniser did not answer in time");
        Transcripts.GiveUp(ref step);
        Commit(ref step);
    }

    /// <summary>The user has taken the floor from the agent's utterance.</summary>
    internal static void OnTaken(ref TurnStep step, AgentSpeech speech, TimeSpan at)
    {
        UserPauses.OnTaken(ref step, speech, at);
        if (speech is { IsAudible: false, Fillers: 0, Cause: SpeechCause.UserTurn })
            Reopen(ref step, speech.TurnNumber);
    }

    /// <summary>The turn is over; it is committed as soon as its words are there.</summary>
    internal static void Decide(ref TurnStep step)
    {
        step.Stop(TurnTimerKind.Endpointing);
        TurnDetection.Drop(ref step);
        var turn = step.State.Turn;

        // Without a voice there was no pause at which the recogniser was asked to fix the words.
        if (turn is { HasVoice: false, Interim.Length: > 0 } && step.State.FlushesPending == 0 && !step.AnswersVoice)
            Transcripts.Flush(ref step);
        if (turn.IsSpeaking)
            RunOnSpeech.Leave(ref step, isIgnored: turn.IsOverLimit || step.State.IsFloorHeld || step.Mode == EndpointingMode.Manual);
        turn = turn with { IsEndDecided = true, IsSpeaking = false, LastSpeechAt = turn.IsSpeaking ? step.Now : turn.LastSpeechAt ?? step.Now };
        step.State = step.State with { Turn = turn, IsFloorHeld = false };
        step.Do(new ReportEndOfTurn(turn));
        if (step.State.FlushesPending == 0)
            Commit(ref step);
        else
            step.Start(TurnTimerKind.Transcript, step.Now + step.Options.Endpointing.TranscriptTimeout);
    }

    /// <summary>Answers a committed turn; an answer to an earlier one that still waits would only be in the way.</summary>
    internal static void Answer(ref TurnStep step, UserTurn turn)
    {
        foreach (var speech in step.State.Waiting)
        {
            if (speech.Cause != SpeechCause.UserTurn)
                continue;
            step.State = step.State with { Waiting = step.State.Waiting.Remove(speech) };
            step.Do(new StopSpeech(speech, ByUser: false));
        }

        var answer = Preparations.Answer(step.State, turn);
        step.State = step.State with { LastReply = step.State.LastReply + 1 };
        if (!turn.IsOverLimit)
            step.Note(DecisionKind.Spoke, "the user's turn has ended", answer.Id);
        SpeechQueue.Add(ref step, answer);
    }

    private static bool IsModelGone(in TurnStep step) => step.Mode == EndpointingMode.Realtime && step.State.IsModelGone;

    private static void Commit(ref TurnStep step)
    {
        step.Stop(TurnTimerKind.Transcript);
        if (BargeIns.IsMereListening(step))
        {
            step.Note(DecisionKind.Ignored, "a sign of listening");
            UserVoice.Forget(ref step);
            return;
        }

        var turn = step.State.Turn with { CommittedAt = step.Now };
        step.State = step.State with { Turn = UserTurn.Empty(turn.Number + 1), LastTurn = turn };
        if (turn.HasText)
            step.Do(new WriteUserTurn(turn, turn.Text, Typed: false));

        // A speech-to-speech model answers the voice; its words come later or never.
        if (turn.HasText || step.Mode == EndpointingMode.Realtime || (step.AnswersVoice && turn.HasVoice))
        {
            Answer(ref step, turn);
        }
        else if (turn.HasEcho)
        {
            step.Note(DecisionKind.Ignored, "only the agent's echo was heard");
        }
        else if (turn.HasVoice)
        {
            step.Do(new ReportUntranscribed(turn));
            step.Note(DecisionKind.Ignored, "no word was understood");
        }
        else
        {
            step.Note(DecisionKind.Ignored, "nothing was said");
        }

        RunOnSpeech.OnTurnGone(ref step);
    }

    /// <summary>Takes a committed turn back: its answer was not heard and the user goes on.</summary>
    private static void Reopen(ref TurnStep step, long number)
    {
        if (step.State.LastTurn is not { } last || last.Number != number)
            return;
        step.State = step.State with { LastTurn = null, Turn = last.ContinuedBy(step.State.Turn) };
    }
}
