namespace Agent.LoopbackVendors.Faults;

/// <summary>What goes wrong at a vendor. Each happens to one request or connection.</summary>
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The request, or the upgrade to a WebSocket, is answered with an HTTP status that is no success.</summary>
    Status,

    /// <summary>The request, or the upgrade to a WebSocket, is answered with success and a page for people, as by a proxy that wants somebody to sign in.</summary>
    WebPage,

    /// <summary>The request, or the upgrade, is never answered.</summary>
    HangAtConnect,

    /// <summary>The connection is accepted, but nothing is ever sent on it.</summary>
    HangBeforeFirstByte,

    /// <summary>After <see cref="Fault.After"/> messages nothing more is sent, and the connection stays open.</summary>
    HangAfterFirstByte,

    /// <summary>After <see cref="Fault.After"/> messages the connection is gone without a word.</summary>
    Drop,

    /// <summary>After <see cref="Fault.After"/> messages the vendor closes its side in order, although it is not done.</summary>
    HalfClose,

    /// <summary>After <see cref="Fault.After"/> messages one follows that is no message of the protocol, and no sense either.</summary>
    Garbage,

    /// <summary>After <see cref="Fault.After"/> messages one follows whose type nobody knows; everything goes on.</summary>
    UnknownMessage,

    /// <summary>After <see cref="Fault.After"/> messages the vendor reports an error of its own in its own words.</summary>
    ErrorMessage,

    /// <summary>Each message comes in several frames, each event in several packets.</summary>
    PartialFrames,

    /// <summary>Each message is late by <see cref="Fault.Pace"/>, in small pieces.</summary>
    SlowDrip,
}
