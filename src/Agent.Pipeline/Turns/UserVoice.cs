namespace Agent.Pipeline.Turns;

/// <summary>The user's voice: when a turn begins, goes on and pauses.</summary>
internal static class UserVoice
{
    internal static void OnStarted(ref TurnStep step, TimeSpan at)
    {
        var turn = step.State.Turn;
        if (!step.State.IsLinked || turn.IsSpeaking)
            return;
        if (turn is { IsEndDecided: true, IsEndFixed: true })
        {
            RunOnSpeech.OnStarted(ref step, at);
            return;
        }

        step.State = step.State with
        {
            Turn = turn with
            {
                StartedAt = turn.StartedAt ?? at,
                IsSpeaking = true,
                HasVoice = true,
                IsEndDecided = false,
                IsEndedByListener = false,
                PauseBefore = turn.HasVoice && step.State.Current is null ? at - turn.LastSpeechAt : null,
            },
        };
        step.Stop(TurnTimerKind.Endpointing);
        step.Stop(TurnTimerKind.Transcript);
        TurnDetection.Drop(ref step);
        BargeIns.OnStarted(ref step, at);
    }

    internal static void OnStopped(ref TurnStep step, TimeSpan at)
    {
        RunOnSpeech.End(ref step);
        var turn = step.State.Turn;
        if (!turn.IsSpeaking)
            return;
        if (turn.IsDiscarded)
        {
            Forget(ref step);
            return;
        }

        step.State = step.State with { Turn = turn with { IsSpeaking = false, LastSpeechAt = at } };
        UserPauses.OnStopped(ref step);
        if (step.Mode is EndpointingMode.VoiceActivity or EndpointingMode.Detector)
            Transcripts.Flush(ref step);
        BargeIns.OnStopped(ref step, at);
        Endpointing.Arm(ref step);
    }

    /// <summary>Forgets what was said since the last turn; speech that goes on belongs to the next.</summary>
    internal static void Forget(ref TurnStep step)
    {
        if (!step.State.Turn.IsOpen)
            return;
        step.State = step.State with { Turn = UserTurn.Empty(step.State.Turn.Number + 1), ForgottenAt = step.Now, IsFloorHeld = false };
        step.Stop(TurnTimerKind.Endpointing);
        step.Stop(TurnTimerKind.Transcript);
        TurnDetection.Drop(ref step);
    }
}
