namespace Agent.Providers.Resilience;

/// <summary>The stages of a call to a vendor, each with a time-out of its own.</summary>
internal enum VendorStage
{
    /// <summary>Until the connection is open.</summary>
    Connect,

    /// <summary>From the request to the first byte of the answer.</summary>
    FirstByte,

    /// <summary>Between two bytes of an answer.</summary>
    Idle,
}
