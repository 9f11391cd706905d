namespace Agent.Tests.Providers.Unreachable;

/// <summary>What may be at an address in a vendor's place.</summary>
public enum NoVendor
{
    /// <summary>Nobody listens.</summary>
    Refuses,

    /// <summary>The name leads nowhere.</summary>
    HasNoAddress,

    /// <summary>Connections are taken and closed in order.</summary>
    Closes,

    /// <summary>Connections are taken and torn down.</summary>
    Resets,

    /// <summary>Something that speaks no HTTP.</summary>
    SpeaksAnotherProtocol,

    /// <summary>TLS is asked for, and the answer is none.</summary>
    HasNoTls,
}
