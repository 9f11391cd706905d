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
            step.State = step.State with { Turn = step.State.Turn with { IsDiscarded = !step.Options.Interruption.KeepSpeechOverProtected, IsOverAgent = true } };
            step.Note(DecisionKind.Ignored, "the utterance is protected");
            return;
        }

        if (EchoWarmUp.IsOn(step))
        {
            EchoWarmUp.OnStarted(ref step);
            return;
        }

        // One that begins while the last is undecided is counted by itself, so that false ones never add up; its words follow the other's.
        step.Stop(TurnTimerKind.FalseInterruption);
        step.State = step.State with
        {
            BargeIn = new BargeIn(at) { FinalsBefore = step.State.Turn.Finals.Length, IsAnswer = step.State.BargeIn?.IsAnswer ?? false },
            FalseBargeIn = null,
        };
        if (!current.IsHeld && step.Options.Interruption.ResumeAfterFalseInterruption)
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

        // Whoever decides the ends of turns is not asked at pauses; here it matters whether anything was said.
        if (step.Mode == EndpointingMode.SpeechToText)
            Transcripts.Flush(ref step);
        if (!TryDecide(ref step))
            step.Start(TurnTimerKind.FalseInterruption, at + step.Options.Interruption.FalseInterruptionTimeout);
    }

    /// <summary>Who speaks over the last sounds of a question answers it.</summary>
    internal static void OnQuestionHeld(ref TurnStep step, string id)
    {
        if (step.State is { BargeIn: { } bargeIn, Current: { IsHeld: true } current } && string.Equals(current.Id, id, StringComparison.Ordinal))
            step.State = step.State with { BargeIn = bargeIn with { IsAnswer = true } };
    }

    internal static void OnLongEnough(ref TurnStep step) => TryDecide(ref step);

    internal static void OnFalseTimeout(ref TurnStep step)
    {
        var bargeIn = step.State.BargeIn!;

        // Speech of which nothing is known: a recogniser that has failed must not make the agent deaf.
        if (step.State.FlushesPending > 0 && !step.State.Turn.HasText && step.Options.Interruption.MinWords == 0 && bargeIn.EndedAt - bargeIn.At >= step.Options.Interruption.MinDuration)
            Take(ref step, "the user spoke, and the recogniser did not answer");
        else
            DropAndResume(ref step, "the barge-in was too short");
    }

    /// <summary>A segment that was said before the barge-in is fixed only now.</summary>
    internal static void OnEarlierFinal(ref TurnStep step, TimeSpan end)
    {
        if (step.State.BargeIn is { } bargeIn && end <= bargeIn.At)
            step.State = step.State with { BargeIn = bargeIn with { FinalsBefore = bargeIn.FinalsBefore + 1 } };
    }

    /// <summary>Words have come, or will not come any more.</summary>
    internal static void OnWords(ref TurnStep step)
    {
        if (step.State.BargeIn is not null)
            TryDecide(ref step);
        else if (step.State is { Current.IsAudible: true, Turn: { IsOpen: true, IsDiscarded: false } turn }
            && IsInterruptible(step)
            && step.Options.Remarks.Judge(turn.Text) == Remark.Stop)
            Take(ref step, "the user wants silence");
        else
            EchoWarmUp.OnOver(ref step);
    }

    /// <summary>
    /// Words without a voice that is still looked at, while the agent has the floor: those of a barge-in that was held to be none, or of a voice that was
    /// not noticed. Returns whether the user takes the floor with them.
    /// </summary>
    internal static bool TryTakeWith(ref TurnStep step, string text, TimeSpan start, TimeSpan end)
    {
        if (step.State is not { Current: not null, RunOn: null } || !IsInterruptible(step))
            return false;
        var remark = step.Options.Remarks.Judge(text);
        var isLate = remark == Remark.Speech
            && step.State.FalseBargeIn is { } past
            && past.EndedAt > start
            && end > past.At
            && past.EndedAt - past.At >= step.Options.Interruption.MinDuration
            && SpokenWords.CountWords(text) >= step.Options.Interruption.MinWords;
        if (remark != Remark.Stop && !isLate)
            return false;
        step.State = step.State with { Turn = (step.State.Turn with { StartedAt = start, LastSpeechAt = end }).WithFinal(text, start, end) };
        Take(ref step, remark == Remark.Stop ? "the user wants silence" : "the words of the barge-in came late");
        return true;
    }

    /// <summary>Whether the turn is nothing but a sign of listening to what the agent could not be interrupted in.</summary>
    internal static bool IsMereListening(in TurnStep step) =>
        step.State.Turn.IsOverAgent && step.Options.Interruption.IgnoreBackchannels && step.Options.Remarks.Judge(step.State.Turn.Text) == Remark.Backchannel;

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

    private static bool IsInterruptible(in TurnStep step) =>
        step.State is { IsFloorHeld: false, IsProtected: false } && step.Options.Interruption.Enabled && step.Mode != EndpointingMode.Manual;

    private static bool TryDecide(ref TurnStep step)
    {
        if (step.State is not { BargeIn: { } bargeIn, Current: not null })
            return false;
        switch (BargeInEvidence.Weigh(step, bargeIn))
        {
            case BargeInVerdict.Turn:
                Take(ref step, "the user took the floor");
                return true;
            case BargeInVerdict.Stop:
                Take(ref step, "the user wants silence");
                return true;
            case BargeInVerdict.Sound:
                DropAndResume(ref step, "nothing was said");
                return true;
            case BargeInVerdict.Backchannel:
                step.Note(DecisionKind.Ignored, "a sign of listening");
                DropAndResume(ref step, "the user listens");
                return true;
            default:
                return false;
        }
    }

    private static void DropAndResume(ref TurnStep step, string reason)
    {
        var bargeIn = step.State.BargeIn!;
        UserVoice.Forget(ref step);
        step.State = step.State with { FalseBargeIn = new FalseBargeIn(bargeIn.At, bargeIn.EndedAt ?? step.Now) };
        Resume(ref step, reason);
    }

    private static void Take(ref TurnStep step, string reason)
    {
        var at = step.State.BargeIn?.At ?? step.State.Turn.StartedAt ?? step.Now;
        var current = step.State.Current!;
        End(ref step);
        step.State = step.State with { FalseBargeIn = null };
        step.Note(DecisionKind.Cut, reason);
        Endpointing.OnTaken(ref step, current, at);
        SpeechQueue.Interrupt(ref step);
        Endpointing.Arm(ref step);
    }
}
