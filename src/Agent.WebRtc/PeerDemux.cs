namespace Agent.WebRtc;

/// <summary>
/// Finds the connection that a datagram belongs to, so that one UDP socket serves all: a STUN check by the user name in it,
/// everything else by the address that an authenticated check came from.
/// </summary>
/// <remarks>Safe for concurrent use: the socket's loop routes while the connections' loops register.</remarks>
public sealed class PeerDemux
{
    /// <summary>Datagrams that no connection wanted.</summary>
    public long Unroutable => throw new NotSupportedException("Being written.");

    /// <summary>Lets a connection be found until it is removed; its later ICE credentials too.</summary>
    /// <param name="peer">A server-role connection.</param>
    public void Add(PeerConnection peer) => throw new NotSupportedException("Being written.");

    /// <summary>Forgets a connection.</summary>
    /// <param name="peer">The connection.</param>
    public void Remove(PeerConnection peer) => throw new NotSupportedException("Being written.");

    /// <summary>Finds the connection for a datagram; allocates nothing.</summary>
    /// <param name="datagram">The UDP payload.</param>
    /// <param name="remote">Where it came from.</param>
    /// <returns>The connection whose loop should handle it; null when there is none, which is counted.</returns>
    public PeerConnection? Route(ReadOnlySpan<byte> datagram, in TransportAddress remote) => throw new NotSupportedException("Being written.");
}
