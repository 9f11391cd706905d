namespace Agent.LiveKit.Rtc;

/// <summary>Where a track comes from (the values are LiveKit's).</summary>
public enum TrackSource
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>A camera.</summary>
    Camera = 1,

    /// <summary>A microphone; also an agent's voice, which is where clients look for it.</summary>
    Microphone = 2,

    /// <summary>A shared screen.</summary>
    ScreenShare = 3,

    /// <summary>A shared screen's sound.</summary>
    ScreenShareAudio = 4,
}
