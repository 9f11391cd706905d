namespace Agent.Pipeline.Rooms;

/// <summary>What takes part in a room.</summary>
public enum ParticipantKind
{
    /// <summary>A person with a client.</summary>
    Standard,

    /// <summary>A person on the telephone.</summary>
    Phone,

    /// <summary>Media from elsewhere that is played into the room.</summary>
    Ingress,

    /// <summary>A recorder.</summary>
    Egress,

    /// <summary>Another agent.</summary>
    Agent,
}
