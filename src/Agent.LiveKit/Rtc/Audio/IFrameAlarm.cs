namespace Agent.LiveKit.Rtc.Audio;

/// <summary>One sender's wake-up.</summary>
internal interface IFrameAlarm : IDisposable
{
    /// <summary>Sets the signal at a time, in the clock's ticks; replaces the wake-up that was set before.</summary>
    void Arm(long at);
}
