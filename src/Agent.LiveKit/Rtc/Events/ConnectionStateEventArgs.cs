namespace Agent.LiveKit.Rtc;

/// <summary>The room's connection has another state.</summary>
public sealed class ConnectionStateEventArgs(ConnectionState state) : EventArgs
{
    /// <summary>The state.</summary>
    public ConnectionState State { get; } = state;
}
