using System.Net;
using Agent.WebRtc;
using Agent.WebRtc.Dtls;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Tracks;

namespace Agent.Benchmarks.WebRtc;

/// <summary>One end of a connection in memory: queues what it sends until it is told to keep nothing.</summary>
internal sealed class BenchmarkEnd : IPeerConnectionHandler, IDisposable
{
    private readonly Queue<byte[]> _outbox = new();

    public BenchmarkEnd(DtlsCertificate certificate, PeerRole role)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, role == PeerRole.Server ? 40_000 : 50_000);
        Address = TransportAddress.From(endPoint);
        Peer = new PeerConnection(new PeerConnectionOptions { Certificate = certificate, Role = role, HostAddresses = [endPoint] }, this, TimeSpan.Zero);
    }

    public TransportAddress Address { get; }

    public PeerConnection Peer { get; }

    public LocalTrack? ForwardTo { get; set; }

    public bool IsQuiet { get; set; }

    public long Sent { get; private set; }

    /// <summary>Carries datagrams between two ends until nothing is left and both are connected.</summary>
    public static void Connect(BenchmarkEnd server, BenchmarkEnd client)
    {
        for (var now = TimeSpan.FromMilliseconds(1); server.Peer.State != PeerConnectionState.Connected || client.Peer.State != PeerConnectionState.Connected; now += TimeSpan.FromMilliseconds(1))
        {
            if (now > TimeSpan.FromSeconds(20)) throw new InvalidOperationException("The two ends did not connect.");
            foreach (var datagram in client.TakeAll()) server.Peer.Handle(datagram, client.Address, now);
            foreach (var datagram in server.TakeAll()) client.Peer.Handle(datagram, server.Address, now);
            client.Peer.HandleTimeout(now);
            server.Peer.HandleTimeout(now);
        }
    }

    public byte[][] TakeAll()
    {
        var all = _outbox.ToArray();
        _outbox.Clear();
        return all;
    }

    public void Dispose() => Peer.Dispose();

    public void Send(PeerConnection peer, ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        Sent++;
        if (!IsQuiet) _outbox.Enqueue(datagram.ToArray());
    }

    public void RtpReceived(PeerConnection peer, RemoteTrack track, in RtpPacket packet, TimeSpan now) => ForwardTo?.Forward(track, packet, now);

    public void StateChanged(PeerConnection peer, PeerConnectionState state)
    {
    }

    public void TrackAdded(PeerConnection peer, RemoteTrack track)
    {
    }

    public void TrackRemoved(PeerConnection peer, RemoteTrack track)
    {
    }

    public void KeyFrameRequested(PeerConnection peer, LocalTrack track)
    {
    }

    public void DataChannelOpened(PeerConnection peer, DataChannel channel)
    {
    }

    public void DataReceived(PeerConnection peer, DataChannel channel, ReadOnlySpan<byte> message, bool isText)
    {
    }

    public void BufferedAmountLow(PeerConnection peer, DataChannel channel)
    {
    }

    public void DataChannelClosed(PeerConnection peer, DataChannel channel)
    {
    }
}
