namespace Agent.LiveKit.Rtc;

/// <summary>A track of ours has another identifier after a full reconnect.</summary>
public sealed class LocalTrackRepublishedEventArgs(LocalTrackPublication publication, string previousSid) : EventArgs
{
    /// <summary>The publication, the same object as before.</summary>
    public LocalTrackPublication Publication { get; } = publication;

    /// <summary>The identifier before.</summary>
    public string PreviousSid { get; } = previousSid;
}
