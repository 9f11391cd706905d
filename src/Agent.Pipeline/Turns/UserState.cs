namespace Agent.Pipeline.Turns;

/// <summary>What the linked participant is doing.</summary>
public enum UserState
{
    /// <summary>Silent, and assumed to listen.</summary>
    Listening,

    /// <summary>Speaking.</summary>
    Speaking,

    /// <summary>Silent for so long that nobody may be there.</summary>
    Away,
}
