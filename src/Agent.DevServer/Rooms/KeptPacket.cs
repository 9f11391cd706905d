namespace Agent.DevServer.Rooms;

/// <summary>A reliable data packet kept for participants that may have missed it.</summary>
internal sealed record KeptPacket(string SenderSid, uint Sequence, HashSet<string>? Destinations, byte[] Bytes, TimeSpan At)
{
    public bool IsFor(RoomParticipant receiver) =>
        !string.Equals(receiver.Sid, SenderSid, StringComparison.Ordinal) && (Destinations is null || Destinations.Contains(receiver.Identity));
}
