namespace Agent.LiveKit.Rtc;

/// <summary>We are no longer in the room.</summary>
public sealed class DisconnectedEventArgs(DisconnectReason reason) : EventArgs
{
    /// <summary>Why.</summary>
    public DisconnectReason Reason { get; } = reason;
}
