using System.Net;
using System.Text;
using Agent.WebRtc;
using Agent.WebRtc.Stun;

namespace Agent.Tests.WebRtc;

public sealed class PeerDemuxTests : IDisposable
{
    private static readonly TransportAddress s_remote = TransportAddress.From(IPEndPoint.Parse("192.0.2.1:1000"));
    private readonly PeerDemux _demux = new();
    private readonly PeerEnd _first = new(PeerRole.Server, PeerLink.ServerAddress);
    private readonly PeerEnd _second = new(PeerRole.Server, PeerLink.ServerAddress);

    public PeerDemuxTests()
    {
        _demux.Add(_first.Peer);
        _demux.Add(_second.Peer);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Route_CheckThenAnything_FollowsTheCheck()
    {
        byte[] rtp = [0x80, 111, 0, 1];
        Assert.Null(_demux.Route(rtp, s_remote));
        Check(_second);

        Assert.Same(_second.Peer, _demux.Route(rtp, s_remote));
        Assert.Equal(1, _demux.Unroutable);
    }

    [Fact]
    public void Route_AddressUsedAgainByAnother_MovesWithItsCheck()
    {
        Check(_first);
        Check(_second);
        Assert.Same(_second.Peer, _demux.Route([0x80], s_remote));
        _demux.Remove(_first.Peer);
        Assert.Same(_second.Peer, _demux.Route([0x80], s_remote));
        _demux.Remove(_second.Peer);
        Assert.Null(_demux.Route([0x80], s_remote));
    }

    [Fact]
    public void Route_ForgedCheck_DoesNotTakeTheAddressOver()
    {
        Check(_first);
        Check(_second, password: "an attacker's own password");
        Assert.Same(_first.Peer, _demux.Route([0x80], s_remote));
        Assert.Equal(1, _second.Peer.Counters.DroppedStunUnauthenticated);
    }

    [Fact]
    public void Route_AfterIceRestart_KnowsTheNewName()
    {
        _first.Peer.AddTrack(MediaKind.Audio, "a", "a", [Agent.WebRtc.Rtp.RtpCodec.Opus]);
        var before = Attribute(_first.Peer.CreateOffer(), "ice-ufrag");
        var restarted = _first.Peer.CreateOffer(restartIce: true);
        Assert.NotEqual(before, Attribute(restarted, "ice-ufrag"));
        Check(_first, offer: restarted);
        Assert.Same(_first.Peer, _demux.Route([0x80], s_remote));
    }

    private static string Attribute(string sdp, string name) => sdp.Split("\r\n").First(line => line.StartsWith($"a={name}:", StringComparison.Ordinal))[(name.Length + 3)..];

    private void Check(PeerEnd end, string? password = null, string? offer = null)
    {
        if (offer is null)
        {
            if (end.Peer.LocalTracks.Count == 0) end.Peer.AddTrack(MediaKind.Audio, "a", "a", [Agent.WebRtc.Rtp.RtpCodec.Opus]);
            offer = end.Peer.CreateOffer();
        }

        Span<byte> buffer = stackalloc byte[576];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, "0123456789ab"u8);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(Attribute(offer, "ice-ufrag") + ":them"));
        writer.AddUInt64(StunAttribute.IceControlling, 1);
        var request = writer.Complete(Encoding.ASCII.GetBytes(password ?? Attribute(offer, "ice-pwd"))).ToArray();
        var peer = _demux.Route(request, s_remote);
        Assert.Same(end.Peer, peer);
        peer!.Handle(request, s_remote, TimeSpan.Zero);
    }
}
