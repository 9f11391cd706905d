namespace Agent.WebRtc.Sctp;

/// <summary>The life of a data channel.</summary>
internal enum DataChannelState
{
    /// <summary>Not announced to the remote side yet, or not confirmed by it.</summary>
    Opening,
    Open,

    /// <summary>What waits is still sent; then the stream is reset.</summary>
    Closing,

    /// <summary>Our stream's reset is under way.</summary>
    Resetting,
    Closed,
}
