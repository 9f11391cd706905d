namespace Agent.Pipeline.Turns;

/// <summary>
/// A turn may be ended while the user's voice goes on: by the application, by the recogniser, by a limit. The end of a voice is noticed late, so it
/// may be the rest of the turn. A voice that is there for longer has begun to say something new; after a limit, or in push to talk, it counts for
/// nothing until the user pauses, so that the agent gets its word in.
/// </summary>
internal static class RunOnSpeech
{
    // The end of a voice is known a window of its model and the way through the session later than it could be.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(0.1);

    /// <summary>The turn is ended while the user speaks.</summary>
    internal static void Leave(ref TurnStep step, bool isIgnored)
    {
        step.State = step.State with { RunOn = new RunOn(step.Now, isIgnored) };
        if (!isIgnored)
            step.Start(TurnTimerKind.RunOn, step.Now + step.Options.DetectionDelay + s_tolerance);
    }

    /// <summary>The user begins to speak while a turn that is certainly over waits for its words.</summary>
    internal static void OnStarted(ref TurnStep step, TimeSpan at)
    {
        step.Stop(TurnTimerKind.RunOn);
        step.State = step.State with { RunOn = new RunOn(at, IsIgnored: false) };
    }

    internal static void OnLongEnough(ref TurnStep step)
    {
        if (!step.State.Turn.IsEndDecided)
            Begin(ref step, step.State.RunOn!.Since);
    }

    /// <summary>The turn that was over is committed or cleared.</summary>
    internal static void OnTurnGone(ref TurnStep step)
    {
        if (step.State.RunOn is { IsIgnored: false } runOn && step.State.Timer(TurnTimerKind.RunOn) is null)
            Begin(ref step, runOn.Since);
    }

    /// <summary>The agent has had its word: what the user still says is a turn again.</summary>
    internal static void Settle(ref TurnStep step)
    {
        if (step.State is { RunOn.IsIgnored: true, Current: null, Waiting.IsEmpty: true, Turn.IsEndDecided: false } && step.Mode != EndpointingMode.Manual)
            Begin(ref step, step.Now);
    }

    internal static void End(ref TurnStep step)
    {
        if (step.State.RunOn is null)
            return;
        step.State = step.State with { RunOn = null };
        step.Stop(TurnTimerKind.RunOn);
    }

    private static void Begin(ref TurnStep step, TimeSpan at)
    {
        End(ref step);
        UserVoice.OnStarted(ref step, at);
    }
}
