using Agent.WebRtc.Rtp;
using Agent.WebRtc.Tracks;

namespace Agent.Tests.WebRtc;

/// <summary>A forwarding server's data path between two connected ends that keeps no packet.</summary>
internal sealed class QuietForwarding : IDisposable
{
    private readonly PeerEnd _from;
    private readonly PeerEnd _to;

    public QuietForwarding(PeerEnd from, PeerEnd to)
    {
        _from = from;
        _to = to;
        from.Quiet = to.Quiet = this;
    }

    public long Sent { get; set; }

    public void Handle(byte[] datagram, TimeSpan now) => _from.Peer.Handle(datagram, _from.Peer.RemoteAddress!.Value, now);

    public void Forward(RemoteTrack track, in RtpPacket packet, TimeSpan now) => _to.Peer.LocalTracks[0].Forward(track, packet, now);

    public void Dispose() => _from.Quiet = _to.Quiet = null;
}
