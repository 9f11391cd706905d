namespace Agent.LiveKit.Rtc.Audio;

/// <summary>A clock that wakes a sender of sound more precisely than the system's timers do.</summary>
internal interface IFrameClock
{
    /// <summary>Ticks per second.</summary>
    long Frequency { get; }

    /// <summary>The time, in ticks.</summary>
    long Now { get; }

    /// <summary>Makes a sender known; its wake-ups end when the returned value is disposed.</summary>
    IFrameAlarm Register(AsyncSignal signal);
}
