using Agent.WebRtc;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;

namespace Agent.Tests.WebRtc;

public sealed class PeerConnectionTests
{
    private static readonly byte[] s_payload = Enumerable.Range(0, 80).Select(i => (byte)i).ToArray();

    [Fact]
    public void Negotiate_ClientOffersAudio_RtpArrives()
    {
        using var link = new PeerLink();
        var track = link.Client.Peer.AddTrack(MediaKind.Audio, "stream", "cid-1", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Server.Peer.State == PeerConnectionState.Connected && link.Client.Peer.State == PeerConnectionState.Connected);

        var remote = Assert.Single(link.Server.Tracks);
        Assert.Equal("cid-1", remote.TrackId);
        Assert.True(track.Send(RtpCodec.Opus, 960, marker: true, s_payload, link.Now));
        link.RunUntil(() => link.Server.Packets.Count == 1);
        Assert.Equal(s_payload, link.Server.Packets[0].Payload);
        Assert.Equal(960u, link.Server.Packets[0].Timestamp);
        Assert.Equal([PeerConnectionState.Connecting, PeerConnectionState.Connected], link.Server.States);
    }

    [Fact]
    public void Negotiate_ServerOffersDataChannels_MessagesFlowBothWays()
    {
        using var link = new PeerLink();
        link.Server.Peer.CreateDataChannel("_reliable", new DataChannelOptions(), link.Now);
        link.Server.Peer.CreateDataChannel("_lossy", new DataChannelOptions { Ordered = false, MaxRetransmits = 0 }, link.Now);
        link.NegotiateFromServer();
        link.RunUntil(() => link.Server.Channels.Count == 2 && link.Client.Channels.Count == 2);

        Assert.Equal(0, link.Client.Channels["_lossy"].Options.MaxRetransmits);
        Assert.False(link.Client.Channels["_lossy"].Options.Ordered);
        Assert.True(link.Server.Channels["_reliable"].Send("down"u8, isText: true, link.Now));
        Assert.True(link.Client.Channels["_lossy"].Send("up"u8, isText: false, link.Now));
        Assert.True(link.Client.Channels["_reliable"].Send([], isText: true, link.Now));
        link.RunUntil(() => link.Client.Messages.Count == 1 && link.Server.Messages.Count == 2);
        Assert.Equal(("_reliable", "down", true), link.Client.Messages[0]);
        Assert.Contains(("_lossy", "up", false), link.Server.Messages);
        Assert.Contains(("_reliable", "", true), link.Server.Messages);
    }
}
