namespace Agent.Pipeline.Rooms;

/// <summary>Somebody in the room.</summary>
public sealed record RoomParticipant
{
    /// <summary>Unique in the room, and the same again after a rejoin.</summary>
    public required string Identity { get; init; }

    /// <summary>The name for display; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>What takes part.</summary>
    public ParticipantKind Kind { get; init; }

    /// <summary>What the application says about the participant; may be empty.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>What the application says about the participant, by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
