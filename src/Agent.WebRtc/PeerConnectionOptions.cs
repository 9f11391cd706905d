using System.Net;
using Agent.WebRtc.Dtls;

namespace Agent.WebRtc;

/// <summary>What a <see cref="PeerConnection"/> is made with.</summary>
public sealed class PeerConnectionOptions
{
    private const int MinDatagramSize = 576;
    private const int LargestDatagramSize = 1472;

    /// <summary>The certificate whose fingerprint is put into descriptions; shared by many connections, owned by the caller.</summary>
    public required DtlsCertificate Certificate { get; init; }

    /// <summary>The ICE side to take.</summary>
    /// <value>Default <see cref="PeerRole.Server"/>.</value>
    public PeerRole Role { get; init; } = PeerRole.Server;

    /// <summary>The addresses that the remote side can reach this one at, best first: they become host candidates.</summary>
    /// <value>At least one for a server.</value>
    public IReadOnlyList<IPEndPoint> HostAddresses { get; init; } = [];

    /// <summary>The wall-clock time at which the connection's <c>now</c> is zero: sender reports carry wall-clock time.</summary>
    /// <value>Default 1970-01-01.</value>
    public DateTimeOffset TimeOrigin { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>How long the first connection may take before the connection has failed.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which the connection counts as disconnected.</summary>
    /// <value>Default 7.5 s: three of the 2.5 s intervals at which clients check.</value>
    public TimeSpan DisconnectedAfter { get; init; } = TimeSpan.FromSeconds(7.5);

    /// <summary>Silence after which the connection has failed.</summary>
    /// <value>Default 30 s, the expiry of consent (RFC 7675, section 5.1).</value>
    public TimeSpan FailedAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest UDP payload that is sent.</summary>
    /// <value>576 to 1472 bytes, default 1200.</value>
    public int MaxDatagramSize { get; init; } = 1200;

    /// <summary>The largest data channel message that is accepted, advertised as <c>a=max-message-size</c>.</summary>
    /// <value>Default 262,144 bytes.</value>
    public int MaxMessageSize { get; init; } = 256 * 1024;

    /// <summary>How much may wait in all outgoing data channels before sending is refused.</summary>
    /// <value>Default 16 MiB.</value>
    public int MaxBufferedAmount { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether video sections of an offer are accepted (forwarded as opaque RTP) or rejected with port 0.</summary>
    /// <value>Default true.</value>
    public bool AcceptVideo { get; init; } = true;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? FindMistake()
    {
        if (Role == PeerRole.Server && HostAddresses.Count == 0) return "A server needs at least one address in HostAddresses, not 0.";
        if (MaxDatagramSize is < MinDatagramSize or > LargestDatagramSize)
            return $"MaxDatagramSize is {MinDatagramSize} to {LargestDatagramSize} bytes, not {MaxDatagramSize}.";
        return FailedAfter <= DisconnectedAfter ? $"FailedAfter ({FailedAfter}) must be longer than DisconnectedAfter ({DisconnectedAfter})." : null;
    }
}
