using System.Collections.Concurrent;
using System.Text;
using Agent.WebRtc.Stun;

namespace Agent.WebRtc;

/// <summary>
/// Finds the connection that a datagram belongs to, so that one UDP socket serves all: a STUN check by the user name in it,
/// everything else by the address that an authenticated check came from.
/// </summary>
/// <remarks>Safe for concurrent use: the socket's loop routes while the connections' loops register.</remarks>
public sealed class PeerDemux : IPeerDirectory
{
    private const int MaxUfragLength = 64;
    private readonly ConcurrentDictionary<string, PeerConnection> _byUfrag = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TransportAddress, PeerConnection> _byAddress = new();
    private readonly ConcurrentDictionary<string, PeerConnection>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private long _unroutable;

    /// <summary>Creates an empty one.</summary>
    public PeerDemux() => _lookup = _byUfrag.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Datagrams that no connection wanted.</summary>
    public long Unroutable => Interlocked.Read(ref _unroutable);

    /// <summary>Lets a connection be found until it is removed; its later ICE credentials too.</summary>
    /// <param name="peer">A server-role connection; called on its loop.</param>
    public void Add(PeerConnection peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        peer.SetDirectory(this);
    }

    /// <summary>Forgets a connection.</summary>
    /// <param name="peer">The connection; called on its loop.</param>
    public void Remove(PeerConnection peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        peer.SetDirectory(null);
        foreach (var entry in _byUfrag)
        {
            if (ReferenceEquals(entry.Value, peer)) _byUfrag.TryRemove(entry);
        }

        foreach (var entry in _byAddress)
        {
            if (ReferenceEquals(entry.Value, peer)) _byAddress.TryRemove(entry);
        }
    }

    /// <summary>Finds the connection for a datagram; allocates nothing.</summary>
    /// <param name="datagram">The UDP payload.</param>
    /// <param name="remote">Where it came from.</param>
    /// <returns>The connection whose loop should handle it; null when there is none, which is counted.</returns>
    public PeerConnection? Route(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        var isStun = !datagram.IsEmpty && datagram[0] <= 3;
        var peer = isStun ? FindByUsername(datagram) : null;
        if (peer is null) _byAddress.TryGetValue(remote, out peer);
        if (peer is null) Interlocked.Increment(ref _unroutable);
        return peer;
    }

    void IPeerDirectory.UfragAdded(PeerConnection peer, string ufrag) => _byUfrag[ufrag] = peer;

    void IPeerDirectory.AddressValidated(PeerConnection peer, in TransportAddress remote) => _byAddress[remote] = peer;

    void IPeerDirectory.AddressForgotten(PeerConnection peer, in TransportAddress remote) =>
        _byAddress.TryRemove(new KeyValuePair<TransportAddress, PeerConnection>(remote, peer));

    private PeerConnection? FindByUsername(ReadOnlySpan<byte> datagram)
    {
        if (!StunMessage.TryParse(datagram, out var message)) return null;
        var colon = message.Username.IndexOf((byte)':');
        if (colon is <= 0 or > MaxUfragLength) return null;
        Span<char> ufrag = stackalloc char[MaxUfragLength];
        var length = Encoding.Latin1.GetChars(message.Username[..colon], ufrag);
        return _lookup.TryGetValue(ufrag[..length], out var peer) ? peer : null;
    }
}
