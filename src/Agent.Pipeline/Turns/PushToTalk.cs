using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Turns;

/// <summary>
/// The user's turn by the application's hand: begun, committed, cleared. A turn begun by hand ends by hand in every mode: no silence ends it, and
/// the agent says nothing in the meantime.
/// </summary>
internal static class PushToTalk
{
    internal static void OnStartRequested(ref TurnStep step)
    {
        if (!step.State.IsLinked || step.State.IsFloorHeld)
            return;
        var isSpeaking = step.State.Turn.IsSpeaking || step.State.RunOn is not null;
        RunOnSpeech.End(ref step);
        BargeIns.End(ref step);
        UserVoice.Forget(ref step);
        step.State = step.State with
        {
            IsFloorHeld = true,
            ForgottenAt = step.Now,
            Turn = step.State.Turn with { StartedAt = step.Now, IsSpeaking = isSpeaking, HasVoice = isSpeaking },
        };
        InterruptAgent(ref step);
    }

    internal static void OnCommitRequested(ref TurnStep step)
    {
        var turn = step.State.Turn;
        if (!turn.IsOpen)
            return;
        if (turn.IsDiscarded)
        {
            step.Note(DecisionKind.Ignored, "the utterance is protected");
            return;
        }

        step.State = step.State with { Turn = turn with { IsEndFixed = true } };
        if (turn.IsEndDecided)
            return;
        BargeIns.End(ref step);
        InterruptAgent(ref step);

        // After a pause the recogniser was asked already in the modes that end a turn by silence.
        if (turn.IsSpeaking || step.State.IsFloorHeld || step.Mode is not (EndpointingMode.VoiceActivity or EndpointingMode.Detector))
            Transcripts.Flush(ref step);
        Endpointing.Decide(ref step);
    }

    internal static void OnClearRequested(ref TurnStep step)
    {
        var isSpeaking = step.State.Turn is { IsSpeaking: true, IsDiscarded: false };
        var isHeld = step.State.IsFloorHeld;
        UserVoice.Forget(ref step);
        BargeIns.Resume(ref step, "the application cleared the turn");
        if (isSpeaking)
            RunOnSpeech.Leave(ref step, isIgnored: isHeld || step.Mode == EndpointingMode.Manual);
        else
            RunOnSpeech.OnTurnGone(ref step);
    }

    private static void InterruptAgent(ref TurnStep step)
    {
        if (step.State is not { Current: not null, IsProtected: false })
            return;
        step.Note(DecisionKind.Cut, "the user took the floor");
        SpeechQueue.Interrupt(ref step);
    }
}
