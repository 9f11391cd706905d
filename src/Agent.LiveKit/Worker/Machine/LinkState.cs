namespace Agent.LiveKit.Worker.Machine;

/// <summary>How far the connection is.</summary>
internal enum LinkState
{
    /// <summary>There is none.</summary>
    Down,

    /// <summary>Being opened.</summary>
    Opening,

    /// <summary>Open; the answer to our registration has not come.</summary>
    Registering,

    /// <summary>Registered.</summary>
    Up,
}
