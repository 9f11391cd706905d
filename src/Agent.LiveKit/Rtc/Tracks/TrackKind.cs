namespace Agent.LiveKit.Rtc;

/// <summary>What a track carries (the values are the native library's).</summary>
public enum TrackKind
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Sound.</summary>
    Audio = 1,

    /// <summary>Pictures.</summary>
    Video = 2,
}
