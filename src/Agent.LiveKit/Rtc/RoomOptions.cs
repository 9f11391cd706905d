using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>How a <see cref="Room"/> connects and what it takes from the other participants.</summary>
public sealed record RoomOptions
{
    /// <summary>Whether every published track is subscribed to without being asked for.</summary>
    /// <value>Default true.</value>
    public bool AutoSubscribe { get; init; } = true;

    /// <summary>
    /// STUN and TURN servers in addition to the server's own addresses. A participant that reaches the server's media ports directly,
    /// as an agent beside its server does, needs none.
    /// </summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<IceServer> IceServers { get; init; } = [];

    /// <summary>
    /// Whether the STUN and TURN servers that the server proposes are used when <see cref="IceServers"/> is empty. A LiveKit server
    /// without a TURN configuration proposes public STUN servers; where their names cannot be resolved the native library spends
    /// hundreds of threads and descriptors on trying.
    /// </summary>
    /// <value>Default false.</value>
    public bool UseServerIceServers { get; init; }

    /// <summary>How long one attempt to reach the server may take.</summary>
    /// <value>From 1 s to 60 s; default 10 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a failed attempt to join is repeated, when repeating may help.</summary>
    /// <value>From 0 to 10; default 1.</value>
    public int JoinRetries { get; init; } = 1;

    /// <summary>How long <see cref="Room.DisconnectAsync"/> and <see cref="Room.DisposeAsync"/> wait for each of: the server's goodbye, handlers that still run.</summary>
    /// <value>From 0.1 s to 60 s; default 5 s.</value>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest text or byte stream that is accepted, in bytes; a larger one ends with an error at its reader.</summary>
    /// <value>From 1 KiB to 1 GiB; default 16 MiB.</value>
    public long MaxStreamBytes { get; init; } = 16 * 1024 * 1024;

    internal void Validate()
    {
        Guard.InRange(ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Guard.InRange(CloseTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60));
        Guard.InRange(JoinRetries, 0, 10);
        Guard.InRange(MaxStreamBytes, 1024, 1024 * 1024 * 1024);
        foreach (var server in IceServers)
            server.Validate();
    }
}
