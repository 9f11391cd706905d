namespace Agent.LiveKit.Rtc.Audio;

/// <summary>What the sender of sound does next.</summary>
internal enum PacingStep
{
    /// <summary>Send the frame that is there.</summary>
    SendFrame,

    /// <summary>Send 10 ms of silence.</summary>
    SendSilence,

    /// <summary>Wait until <see cref="PacingSchedule.WakeAt"/>, whatever happens meanwhile.</summary>
    Wait,

    /// <summary>Wait for a frame, but not beyond <see cref="PacingSchedule.WakeAt"/>.</summary>
    WaitForFrame,

    /// <summary>Wait for a frame for as long as it takes.</summary>
    Idle,
}
