namespace Agent.WebRtc.Sctp;

/// <summary>How a data channel delivers (RFC 8832, section 5.1).</summary>
public sealed record DataChannelOptions
{
    /// <summary>Whether messages arrive in order.</summary>
    /// <value>Default true.</value>
    public bool Ordered { get; init; } = true;

    /// <summary>How often a message is sent again before it is given up.</summary>
    /// <value>0 to 65535; null (the default) for ever, so reliable.</value>
    public int? MaxRetransmits { get; init; }

    /// <summary>How long a message is sent again before it is given up; excludes <see cref="MaxRetransmits"/>.</summary>
    /// <value>Null (the default) for ever.</value>
    public TimeSpan? MaxLifetime { get; init; }

    /// <summary>The sub-protocol's name.</summary>
    /// <value>Default empty.</value>
    public string Protocol { get; init; } = "";
}
