using System.Net;
using Agent.WebRtc;
using Agent.WebRtc.Dtls;
using Agent.WebRtc.Rtcp;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;

namespace Agent.Tests.WebRtc;

public sealed class PeerConnectionTests
{
    private static readonly byte[] s_payload = [.. Enumerable.Range(0, 80).Select(i => (byte)i)];

    [Fact]
    public void Negotiate_ClientOffersAudio_RtpArrives()
    {
        using var link = new PeerLink();
        var track = link.Client.Peer.AddTrack(MediaKind.Audio, "stream", "cid-1", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        Connect(link);

        var remote = Assert.Single(link.Server.Tracks);
        Assert.Equal("cid-1", remote.TrackId);
        Assert.True(track.Send(RtpCodec.Opus, 960, marker: true, s_payload, link.Now));
        link.RunUntil(() => link.Server.Packets.Count == 1);
        Assert.Equal(s_payload, link.Server.Packets[0].Payload);
        Assert.Equal(960u, link.Server.Packets[0].Timestamp);
        Assert.Equal([PeerConnectionState.Connecting, PeerConnectionState.Connected], link.Server.States);
        Assert.Equal(link.Server.Peer.SrtpProfileName, link.Client.Peer.SrtpProfileName);
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Connect_LossAndReordering_EverythingReliableArrives(int seed)
    {
        using var link = new PeerLink(seed) { Loss = 0.1, Jitter = TimeSpan.FromMilliseconds(20) };
        link.Client.Peer.CreateDataChannel("data", new DataChannelOptions(), link.Now);
        link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Client.Channels.ContainsKey("data"));

        for (var i = 0; i < 20; i++) Assert.True(link.Client.Channels["data"].Send(new byte[i * 400], isText: false, link.Now));
        link.RunUntil(() => link.Server.RawMessages.Count == 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 400), link.Server.RawMessages.Select(message => message.Data.Length));
    }

    [Fact]
    public void Send_MessageLargerThanTheBuffers_ArrivesWhole()
    {
        using var link = new PeerLink();
        link.Client.Peer.CreateDataChannel("data", new DataChannelOptions(), link.Now);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Client.Channels.ContainsKey("data"));
        var channel = link.Client.Channels["data"];
        var message = new byte[256 * 1024];
        new Random(4).NextBytes(message);

        var count = 0;
        while (channel.BufferedAmount == 0) // until usrsctp's own buffer is full and ours begins
        {
            Assert.True(channel.Send(message, isText: false, link.Now));
            count++;
        }

        Assert.False(channel.Send(new byte[message.Length + 1], isText: false, link.Now));
        link.RunUntil(() => link.Server.RawMessages.Count == count);
        Assert.All(link.Server.RawMessages, received => Assert.True(received.Data.AsSpan().SequenceEqual(message)));
        Assert.Equal(0, channel.BufferedAmount);
        Assert.Contains("low data", link.Client.Events);
    }

    [Fact]
    public void Close_Channel_BothSidesHear()
    {
        using var link = new PeerLink();
        link.Client.Peer.CreateDataChannel("data", new DataChannelOptions(), link.Now);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Client.Channels.ContainsKey("data") && link.Server.Channels.ContainsKey("data"));
        link.Server.Channels["data"].Close(link.Now);
        link.RunUntil(() => link.Client.Events.Contains("closed data") && link.Server.Events.Contains("closed data"));

        Assert.False(link.Client.Channels["data"].Send("x"u8, isText: true, link.Now));
        link.Client.Peer.CreateDataChannel("again", new DataChannelOptions(), link.Now);
        link.RunUntil(() => link.Server.Channels.ContainsKey("again"));
    }

    [Fact]
    public void Forward_PublisherToSubscriber_RewritesIntoItsStream()
    {
        using var publisher = new PeerLink();
        using var subscriber = new PeerLink();
        var source = publisher.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        publisher.NegotiateFromClient();
        var forwarded = subscriber.Server.Peer.AddTrack(MediaKind.Audio, "PA|TR", "TR", publisher.Server.Tracks[0].Codecs);
        subscriber.NegotiateFromServer();
        Connect(publisher);
        Connect(subscriber);
        publisher.Server.OnRtp = (track, packet, now) => Assert.True(forwarded.Forward(track, packet, now));

        for (uint i = 0; i < 5; i++) source.Send(RtpCodec.Opus, i * 960, marker: i == 0, s_payload, publisher.Now);
        publisher.RunUntil(() => publisher.Server.Packets.Count == 5);
        subscriber.RunUntil(() => subscriber.Client.Packets.Count == 5);

        var packets = subscriber.Client.Packets;
        Assert.All(packets, packet => Assert.Equal("TR", packet.Track.TrackId));
        Assert.All(packets, packet => Assert.Equal(forwarded.Ssrc, packet.Track.Ssrc));
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.Equal((1, 960u), (pair.Second.Sequence - pair.First.Sequence, pair.Second.Timestamp - pair.First.Timestamp)));
        Assert.Equal(5, forwarded.PacketsSent);
    }

    [Fact]
    public void Forward_SteadyState_AllocatesNothing()
    {
        using var publisher = new PeerLink();
        using var subscriber = new PeerLink();
        var source = publisher.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        publisher.NegotiateFromClient();
        subscriber.Server.Peer.AddTrack(MediaKind.Audio, "PA|TR", "TR", publisher.Server.Tracks[0].Codecs);
        subscriber.NegotiateFromServer();
        Connect(publisher);
        Connect(subscriber);

        // From here on the server's ends have handlers that keep nothing.
        const int Warm = 300;
        const int Measured = 1_000;
        for (uint i = 0; i < Warm + Measured; i++) source.Send(RtpCodec.Opus, i * 960, marker: false, s_payload, publisher.Now);
        var datagrams = publisher.Client.Outbox.Select(item => item.Data).Where(data => data[0] >= 128 && data[1] is < 192 or > 223).ToArray();
        Assert.Equal(Warm + Measured, datagrams.Length);
        using var quiet = new QuietForwarding(publisher.Server, subscriber.Server);
        for (var i = 0; i < Warm; i++) quiet.Handle(datagrams[i], publisher.Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = Warm; i < datagrams.Length; i++) quiet.Handle(datagrams[i], publisher.Now);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Warm + Measured, quiet.Sent);
    }

    [Fact]
    public void Forward_RedToReceiverWithoutIt_IsReducedToOpus()
    {
        RtpCodec red = new(63, "red", 48_000, 2, "111/111");
        using var publisher = new PeerLink();
        using var subscriber = new PeerLink();
        var source = publisher.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus, red]);
        publisher.NegotiateFromClient();
        var forwarded = subscriber.Server.Peer.AddTrack(MediaKind.Audio, "PA|TR", "TR", [RtpCodec.Opus]);
        subscriber.NegotiateFromServer();
        Connect(publisher);
        Connect(subscriber);
        publisher.Server.OnRtp = (track, packet, now) => forwarded.Forward(track, packet, now);

        Assert.True(source.Send(red, 960, marker: false, Convert.FromHexString("EF0F00026F0102AABB"), publisher.Now));
        publisher.RunUntil(() => publisher.Server.Packets.Count == 1);
        subscriber.RunUntil(() => subscriber.Client.Packets.Count == 1);
        Assert.Equal((byte)63, publisher.Server.Packets[0].PayloadType);
        Assert.Equal((byte)111, subscriber.Client.Packets[0].PayloadType);
        Assert.Equal("AABB", Convert.ToHexString(subscriber.Client.Packets[0].Payload));
    }

    [Fact]
    public void RequestKeyFrame_Video_ReachesTheSender()
    {
        using var link = new PeerLink();
        RtpCodec vp8 = new(96, "VP8", 90_000, 1, "");
        var track = link.Client.Peer.AddTrack(MediaKind.Video, "s", "cam", [vp8]);
        link.NegotiateFromClient();
        Connect(link);
        track.Send(vp8, 1, marker: true, s_payload, link.Now);
        link.RunUntil(() => link.Server.Packets.Count == 1);
        link.Server.Peer.RequestKeyFrame(link.Server.Tracks[0], link.Now);
        link.RunUntil(() => link.Client.Events.Contains("key frame cam"));
    }

    [Fact]
    public void RtcpArrived_Nack_LostPacketIsSentAgain()
    {
        using var link = new PeerLink();
        var track = link.Server.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromServer();
        Connect(link);
        var sent = 0;
        link.Filter = (from, data) => from == link.Server && IsRtp(data) && sent++ == 1 ? null : data;
        for (byte i = 0; i < 3; i++) track.Send(RtpCodec.Opus, i * 960u, marker: false, [i], link.Now);
        link.Filter = (from, data) => from == link.Client || (IsRtp(data) && sent++ == 1) ? null : data; // its own request stays out of this
        link.RunUntil(() => link.Client.Packets.Count == 2);
        var missing = (ushort)(link.Client.Packets[0].Sequence + 1);
        Assert.Equal(missing + 1, link.Client.Packets[1].Sequence);

        ITransportHandler inside = link.Server.Peer;
        inside.RtcpArrived(Nack(track.Ssrc, missing), link.Now);
        inside.RtcpArrived(Nack(track.Ssrc, missing), link.Now); // the same again at once is not answered twice
        link.RunUntil(() => link.Client.Packets.Count == 3);
        Assert.Equal(missing, link.Client.Packets[2].Sequence);
        Assert.Equal([1], link.Client.Packets[2].Payload);
        Assert.Equal(1, link.Server.Peer.Counters.RtpRetransmitted);
    }

    [Fact]
    public void RtpReceived_PacketLost_IsAskedForAndComes()
    {
        using var link = new PeerLink();
        var track = link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        Connect(link);
        var sent = 0;
        link.Filter = (from, data) => from == link.Client && IsRtp(data) && sent++ == 1 ? null : data;
        for (byte i = 0; i < 3; i++) track.Send(RtpCodec.Opus, i * 960u, marker: false, [i], link.Now);
        link.RunUntil(() => link.Server.Packets.Count == 3);

        Assert.Equal([0, 2, 1], link.Server.Packets.Select(packet => (int)packet.Payload[0]));
        Assert.Equal(1, link.Client.Peer.Counters.RtpRetransmitted);
    }

    [Fact]
    public void NextTimeout_DataChannelsIdle_ComesRarely()
    {
        using var link = new PeerLink();
        link.Client.Peer.CreateDataChannel("data", new DataChannelOptions(), link.Now);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Server.Channels.ContainsKey("data"));
        link.Run(TimeSpan.FromSeconds(3));
        var due = link.Server.Peer.NextTimeout!.Value;
        link.Server.Peer.HandleTimeout(due);
        Assert.Equal(TimeSpan.FromMilliseconds(200), link.Server.Peer.NextTimeout!.Value - due);
        Assert.True(link.Server.Channels["data"].Send("x"u8, isText: true, due));
        Assert.Equal(TimeSpan.FromMilliseconds(20), link.Server.Peer.NextTimeout!.Value - due);
    }

    [Fact]
    public void HandleTimeout_MediaFlows_ReceiverReportsItsLoss()
    {
        using var link = new PeerLink();
        var track = link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        Connect(link);
        link.Filter = (from, data) => from == link.Client && IsRtp(data) && data[3] % 4 == 3 ? null : data; // each time it is sent
        for (uint i = 0; i < 100; i++)
        {
            track.Send(RtpCodec.Opus, i * 960, marker: false, s_payload, link.Now);
            link.Run(TimeSpan.FromMilliseconds(20));
        }

        link.RunUntil(() => track.FractionLost is not null);
        Assert.InRange(track.FractionLost!.Value, 0.15, 0.35);
    }

    [Fact]
    public void Handle_SilenceAndReturn_DisconnectsAndReconnects()
    {
        using var link = new PeerLink();
        link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        Connect(link);
        link.Filter = (_, _) => null;
        link.Run(TimeSpan.FromSeconds(9));
        Assert.Equal(PeerConnectionState.Disconnected, link.Server.Peer.State);
        link.Filter = null;
        link.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(PeerConnectionState.Connected, link.Server.Peer.State);
        link.Filter = (_, _) => null;
        link.Run(TimeSpan.FromSeconds(31));

        Assert.Equal(PeerConnectionState.Failed, link.Server.Peer.State);
        Assert.Contains("30 s", link.Server.Peer.Failure, StringComparison.Ordinal);
        Assert.Null(link.Server.Peer.NextTimeout);
    }

    [Fact]
    public void HandleTimeout_NobodyComes_Fails()
    {
        using var link = new PeerLink { Filter = (_, _) => null };
        link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        link.Run(TimeSpan.FromSeconds(31));
        Assert.Equal([PeerConnectionState.Failed], link.Server.States);
        Assert.Contains("not connected", link.Server.Peer.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Handle_ClientChangesItsAddress_MediaFollows()
    {
        using var link = new PeerLink();
        var track = link.Server.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromServer();
        Connect(link);
        link.Client.Address = TransportAddress.From(IPEndPoint.Parse("127.0.0.1:50001"));
        link.Run(TimeSpan.FromSeconds(3)); // its next check comes from there

        Assert.Equal(link.Client.Address, link.Server.Peer.RemoteAddress);
        track.Send(RtpCodec.Opus, 1, marker: false, s_payload, link.Now);
        link.RunUntil(() => link.Client.Packets.Count == 1);
    }

    [Fact]
    public void AcceptOffer_IceRestart_GoesOnWithoutANewHandshake()
    {
        using var link = new PeerLink();
        var track = link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        Connect(link);
        var answer = link.Server.Peer.AcceptOffer(link.Client.Peer.CreateOffer(restartIce: true), link.Now);
        link.Client.Peer.AcceptAnswer(answer, link.Now);
        link.RunUntil(() => link.Client.Peer.RemoteAddress is not null);
        track.Send(RtpCodec.Opus, 1, marker: false, s_payload, link.Now);
        link.RunUntil(() => link.Server.Packets.Count == 1);
        Assert.Equal([PeerConnectionState.Connecting, PeerConnectionState.Connected], link.Server.States);
    }

    [Fact]
    public void Connect_CertificateIsNotTheOneInTheAnswer_Fails()
    {
        using var link = new PeerLink();
        using var other = DtlsCertificate.Create(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        var offer = link.Client.Peer.CreateOffer().Replace(PeerEnd.Certificate.Fingerprint, other.Fingerprint, StringComparison.Ordinal);
        link.Client.Peer.AcceptAnswer(link.Server.Peer.AcceptOffer(offer, link.Now), link.Now);
        link.RunUntil(() => link.Server.Peer.State == PeerConnectionState.Failed);
        Assert.Contains("certificate", link.Server.Peer.Failure, StringComparison.Ordinal);
        Assert.Empty(link.Server.Packets);
    }

    [Fact]
    public void Dispose_OneSide_OtherSideCloses()
    {
        using var link = new PeerLink();
        link.Client.Peer.CreateDataChannel("data", new DataChannelOptions(), link.Now);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Client.Channels.ContainsKey("data") && link.Server.Channels.ContainsKey("data"));
        link.Client.Peer.Dispose();
        link.RunUntil(() => link.Server.Peer.State == PeerConnectionState.Closed);

        Assert.Contains("closed data", link.Server.Events);
        Assert.Null(link.Client.Peer.NextTimeout);
        link.Client.Peer.Handle(new byte[20], PeerLink.ServerAddress, link.Now);
        Assert.Throws<ObjectDisposedException>(() => link.Client.Peer.CreateOffer());
    }

    [Fact]
    public void Dispose_InsideItsOwnCallback_TakesEffectAfterTheCall()
    {
        using var link = new PeerLink();
        var track = link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        Connect(link);
        link.Server.OnRtp = (_, _, _) => link.Server.Peer.Dispose();
        track.Send(RtpCodec.Opus, 1, marker: false, s_payload, link.Now);
        link.RunUntil(() => link.Client.Peer.State == PeerConnectionState.Closed);
        Assert.Equal(PeerConnectionState.Closed, link.Server.Peer.State);
    }

    [Fact]
    public async Task Connections_OnManyThreads_DoNotDisturbEachOther()
    {
        // usrsctp has one state for the whole process: its timers, run by any connection, work on those of all others.
        const int Threads = 6;
        const int Rounds = 4;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                using var link = new PeerLink((thread * 10) + round) { Loss = 0.02 };
                link.Client.Peer.CreateDataChannel("data", new DataChannelOptions(), link.Now);
                var track = link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
                link.NegotiateFromClient();
                link.RunUntil(() => link.Client.Channels.ContainsKey("data"));
                for (var i = 0; i < 40; i++)
                {
                    link.Client.Channels["data"].Send(new byte[i * 100], isText: false, link.Now);
                    track.Send(RtpCodec.Opus, (uint)i * 960, marker: false, s_payload, link.Now);
                }

                link.RunUntil(() => link.Server.RawMessages.Count == 40);
                Assert.Equal(Enumerable.Range(0, 40).Select(i => i * 100), link.Server.RawMessages.Select(message => message.Data.Length));
                Assert.NotEmpty(link.Server.Packets);
            }
        })));
    }

    [Fact]
    public void Constructor_ServerWithoutAddress_SaysSo()
    {
        var mistake = Assert.Throws<ArgumentException>(() => new PeerEnd(PeerRole.Server, PeerLink.ServerAddress, options => new PeerConnectionOptions { Certificate = options.Certificate }));
        Assert.Contains("HostAddresses", mistake.Message, StringComparison.Ordinal);
    }

    private static bool IsRtp(byte[] data) => data[0] >= 128 && data[1] is < 192 or > 223;

    private static byte[] Nack(uint ssrc, ushort sequence)
    {
        var buffer = new byte[64];
        var writer = new RtcpWriter(buffer);
        Assert.True(writer.AddNack(1, ssrc, [sequence]));
        return buffer[..writer.Length];
    }

    private static void Connect(PeerLink link) =>
        link.RunUntil(() => link.Server.Peer.State == PeerConnectionState.Connected && link.Client.Peer.State == PeerConnectionState.Connected);
}
