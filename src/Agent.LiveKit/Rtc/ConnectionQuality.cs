namespace Agent.LiveKit.Rtc;

/// <summary>How well a participant is connected, as the server sees it (the values are LiveKit's).</summary>
public enum ConnectionQuality
{
    /// <summary>Much loss or delay.</summary>
    Poor = 0,

    /// <summary>Usable.</summary>
    Good = 1,

    /// <summary>No noticeable loss or delay.</summary>
    Excellent = 2,

    /// <summary>Nothing arrives.</summary>
    Lost = 3,
}
