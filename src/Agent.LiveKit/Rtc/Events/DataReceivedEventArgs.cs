namespace Agent.LiveKit.Rtc;

/// <summary>A packet of data has arrived.</summary>
public sealed class DataReceivedEventArgs(ReadOnlyMemory<byte> payload, string topic, bool isReliable, RemoteParticipant? participant) : EventArgs
{
    /// <summary>The content; the receiver's to keep.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>What it is about; may be empty.</summary>
    public string Topic { get; } = topic;

    /// <summary>Whether it was sent to arrive in any case, in order.</summary>
    public bool IsReliable { get; } = isReliable;

    /// <summary>Who sent it; null if it was the server, or somebody who has left.</summary>
    public RemoteParticipant? Participant { get; } = participant;
}
