namespace Agent.WebRtc;

/// <summary>Which side of ICE a connection takes.</summary>
public enum PeerRole
{
    /// <summary>ICE-lite with host candidates (RFC 8445, section 2.5): answers checks, never sends any.</summary>
    Server,

    /// <summary>A small controlling agent that checks every remote candidate and nominates the first that answers.</summary>
    Client,
}
