namespace Agent.Pipeline.Turns;

/// <summary>The user's voice: when a turn begins, goes on and pauses.</summary>
internal static class UserVoice
{
    internal static void OnStarted(ref TurnStep step, TimeSpan at)
    {
        if (!step.State.IsLinked || step.State.Turn.IsSpeaking)
            return;
        var turn = step.State.Turn;
        step.State = step.State with { Turn = turn with { StartedAt = turn.StartedAt ?? at, IsSpeaking = true, IsEndDecided = false } };
        step.Stop(TurnTimerKind.Endpointing);
        step.Stop(TurnTimerKind.Transcript);
        BargeIns.OnStarted(ref step, at);
    }

    internal static void OnStopped(ref TurnStep step, TimeSpan at)
    {
        var turn = step.State.Turn;
        if (!turn.IsSpeaking)
            return;
        if (turn.IsDiscarded)
        {
            Forget(ref step);
            return;
        }

        step.State = step.State with { Turn = turn with { IsSpeaking = false, LastSpeechAt = at } };
        if (step.Options.Endpointing.Mode == EndpointingMode.VoiceActivity)
            Transcripts.Flush(ref step);
        BargeIns.OnStopped(ref step, at);
        Endpointing.Arm(ref step);
    }

    internal static void OnClearRequested(ref TurnStep step)
    {
        Forget(ref step);
        BargeIns.Resume(ref step, "the application cleared the turn");
    }

    /// <summary>Forgets what was said since the last turn; speech that goes on belongs to the next.</summary>
    internal static void Forget(ref TurnStep step)
    {
        if (!step.State.Turn.IsOpen)
            return;
        step.State = step.State with { Turn = UserTurn.Empty(step.State.Turn.Number + 1), ForgottenAt = step.Now };
        step.Stop(TurnTimerKind.Endpointing);
        step.Stop(TurnTimerKind.Transcript);
    }
}
