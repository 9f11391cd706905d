namespace Agent.LiveKit.Rtc;

/// <summary>What takes part in a room (the values are LiveKit's).</summary>
public enum ParticipantKind
{
    /// <summary>A person, or a program that behaves like one.</summary>
    Standard = 0,

    /// <summary>Media from elsewhere that is played into the room.</summary>
    Ingress = 1,

    /// <summary>A recorder.</summary>
    Egress = 2,

    /// <summary>A person on the telephone.</summary>
    Sip = 3,

    /// <summary>An agent.</summary>
    Agent = 4,

    /// <summary>A connector to another service.</summary>
    Connector = 5,

    /// <summary>A bridge to another transport.</summary>
    Bridge = 6,
}
