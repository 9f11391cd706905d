using Agent.WebRtc;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sdp;

namespace Agent.Tests.WebRtc.Sdp;

public sealed class OfferAnswerTests : IDisposable
{
    private readonly PeerEnd _end = new(PeerRole.Server, PeerLink.ServerAddress);

    private PeerConnection Peer => _end.Peer;

    public void Dispose() => _end.Dispose();

    [Fact]
    public void AcceptOffer_FirstOffer_AnswersEverySectionInItsPlace()
    {
        var answer = Accept(SdpText.Data, SdpText.Audio(), SdpText.Video);

        Assert.Contains("a=group:BUNDLE 0 1 2\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=ice-lite\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=candidate:1 1 udp 2130706431 127.0.0.1 40000 typ host\r\n", answer, StringComparison.Ordinal);
        var data = SdpText.SectionOf(answer, "0");
        Assert.Equal("application 9 UDP/DTLS/SCTP webrtc-datachannel", data[0]);
        Assert.Contains("a=sctp-port:5000", data);
        Assert.Contains("a=max-message-size:262144", data);
        Assert.Contains("a=setup:passive", data);
        var audio = SdpText.SectionOf(answer, "1");
        Assert.Equal("audio 9 UDP/TLS/RTP/SAVPF 111 63", audio[0]);
        Assert.Contains("a=recvonly", audio);
        Assert.Contains("a=rtcp-mux", audio);
        Assert.Contains("a=fmtp:63 111/111", audio);
        Assert.Contains("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level", audio);
        Assert.DoesNotContain(audio, line => line.Contains("abs-send-time", StringComparison.Ordinal));
        var video = SdpText.SectionOf(answer, "2");
        Assert.Equal("video 9 UDP/TLS/RTP/SAVPF 96 102", video[0]);
        Assert.Contains("a=rtcp-fb:96 nack pli", video);
        Assert.DoesNotContain("a=rtcp-fb:102 nack pli", video);
        Assert.Equal(["cid", "cam"], _end.Tracks.Select(track => track.TrackId));
        Assert.Equal("stream", _end.Tracks[0].StreamId);
    }

    [Fact]
    public void AcceptOffer_VideoNotWanted_IsRejectedAndOutOfTheBundle()
    {
        using var end = new PeerEnd(PeerRole.Server, PeerLink.ServerAddress, options => new PeerConnectionOptions
        {
            Certificate = options.Certificate,
            HostAddresses = options.HostAddresses,
            AcceptVideo = false,
        });
        var answer = end.Peer.AcceptOffer(SdpText.Session(SdpText.Data, SdpText.Audio(), SdpText.Video), TimeSpan.Zero);

        Assert.Contains("a=group:BUNDLE 0 1\r\n", answer, StringComparison.Ordinal);
        Assert.Equal("video 0 UDP/TLS/RTP/SAVPF 96 97 102", SdpText.SectionOf(answer, "2")[0]);
        Assert.Single(end.Tracks);
    }

    [Fact]
    public void AcceptOffer_TrackStopsAndAnotherComes_TellsBoth()
    {
        Accept(SdpText.Data, SdpText.Audio());
        var inactive = Accept(SdpText.Data, SdpText.Audio(direction: "inactive"));
        Assert.Contains("a=inactive", SdpText.SectionOf(inactive, "1"));
        Assert.Equal("cid", Assert.Single(_end.RemovedTracks).TrackId);

        Accept(SdpText.Data, SdpText.Audio(msid: "stream other"));
        Assert.Equal(["cid", "other"], _end.Tracks.Select(track => track.TrackId));
        Assert.Equal("other", Assert.Single(Peer.RemoteTracks).TrackId);
    }

    [Fact]
    public void AcceptOffer_SectionRejectedThenRecycled_GetsItsNewMid()
    {
        Accept(SdpText.Data, SdpText.Audio());
        var rejected = Accept(SdpText.Data, SdpText.Rejected);
        Assert.Equal("audio 0 UDP/TLS/RTP/SAVPF 111", SdpText.SectionOf(rejected, "1")[0]);
        var recycled = Accept(SdpText.Data, SdpText.Audio(mid: "7"));

        Assert.Contains("a=recvonly", SdpText.SectionOf(recycled, "7"));
        Assert.Equal("7", Assert.Single(Peer.RemoteTracks).Mid);
    }

    [Fact]
    public void AcceptOffer_SameCredentials_KeepsOurs_NewOnesRestart()
    {
        var first = UfragOf(Accept(SdpText.Data));
        Assert.Equal(first, UfragOf(Accept(SdpText.Data, SdpText.Audio())));
        var restarted = Peer.AcceptOffer(SdpText.Session(SdpText.Data, SdpText.Audio()).Replace("EsAw", "Next", StringComparison.Ordinal), TimeSpan.Zero);
        Assert.NotEqual(first, UfragOf(restarted));
    }

    [Fact]
    public void AcceptOffer_ReceivingSectionAndOurTrack_IsAnsweredSending()
    {
        // One connection for both directions: the client offers sections to receive on.
        var track = Peer.AddTrack(MediaKind.Audio, "PA_1|TR_1", "TR_1", [RtpCodec.Opus]);
        var answer = Accept(SdpText.Data, SdpText.Audio(direction: "recvonly"));

        var audio = SdpText.SectionOf(answer, "1");
        Assert.Contains("a=sendonly", audio);
        Assert.Contains("a=msid:PA_1|TR_1 TR_1", audio);
        Assert.True(track.IsNegotiated);
        Assert.Empty(_end.Tracks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("v=0\nm=audio\n")]
    [InlineData("v=0\nm=audio x UDP/TLS/RTP/SAVPF 111\n")]
    public void AcceptOffer_NoDescription_Throws(string sdp) => Assert.Throws<SdpException>(() => Peer.AcceptOffer(sdp, TimeSpan.Zero));

    [Theory]
    [InlineData("a=ice-ufrag:EsAw\n", "")]
    [InlineData("a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1", "a=ice-pwd:short")]
    [InlineData("a=fingerprint:sha-256", "a=fingerprint:md5")]
    [InlineData("a=setup:actpass", "a=setup:holdconn")]
    [InlineData("a=mid:1", "a=mid:0")]
    [InlineData("a=sctp-port:5000", "a=sctp-port:99999")]
    public void AcceptOffer_PartMissingOrWrong_ThrowsAndChangesNothing(string part, string instead)
    {
        Accept(SdpText.Data);
        var bad = SdpText.Session(SdpText.Data, SdpText.Audio()).Replace(part, instead, StringComparison.Ordinal);

        Assert.Throws<SdpException>(() => Peer.AcceptOffer(bad, TimeSpan.Zero));
        Assert.Empty(Peer.RemoteTracks);
        Accept(SdpText.Data, SdpText.Audio());
        Assert.Single(Peer.RemoteTracks);
    }

    [Fact]
    public void AcceptOffer_SectionForgottenOrRenamed_Throws()
    {
        Accept(SdpText.Data, SdpText.Audio());
        Assert.Throws<SdpException>(() => Accept(SdpText.Data));
        Assert.Throws<SdpException>(() => Accept(SdpText.Data, SdpText.Audio(mid: "9")));
    }

    [Fact]
    public void AcceptOffer_AnotherCertificate_Throws()
    {
        Accept(SdpText.Data);
        Assert.Throws<SdpException>(() => Peer.AcceptOffer(SdpText.Session(SdpText.Data).Replace("8C:9E", "8C:9F", StringComparison.Ordinal), TimeSpan.Zero));
    }

    [Fact]
    public void CreateOffer_TracksComeAndGo_SectionIsUsedAgain()
    {
        using var client = new PeerEnd(PeerRole.Client, PeerLink.ClientAddress);
        var first = Peer.AddTrack(MediaKind.Audio, "PA_1|TR_1", "TR_1", [RtpCodec.Opus]);
        Negotiate(client);
        Assert.True(first.IsNegotiated);
        Assert.False(Peer.NegotiationNeeded);

        Peer.RemoveTrack(first, TimeSpan.Zero);
        Assert.True(Peer.NegotiationNeeded);
        var without = Negotiate(client);
        Assert.Contains("a=inactive", SdpText.SectionOf(without, "0"));
        Assert.Equal("TR_1", Assert.Single(client.RemovedTracks).TrackId);

        var second = Peer.AddTrack(MediaKind.Audio, "PA_2|TR_2", "TR_2", [RtpCodec.Opus]);
        var third = Peer.AddTrack(MediaKind.Audio, "PA_2|TR_3", "TR_3", [RtpCodec.Opus]);
        Negotiate(client);
        Assert.Equal(("0", "1"), (second.Mid, third.Mid));
        Assert.Equal(["TR_1", "TR_2", "TR_3"], client.Tracks.Select(track => track.TrackId));
    }

    [Fact]
    public void CreateOffer_SourcesWithClashingNumbers_AreTransposedWithTheirRed()
    {
        RtpCodec[] one = [RtpCodec.Opus, new(63, "red", 48_000, 2, "111/111")];
        RtpCodec[] other = [new(96, "opus", 48_000, 2, "minptime=10;useinbandfec=1"), new(111, "red", 48_000, 2, "96/96")];
        RtpCodec[] video = [new(63, "VP8", 90_000, 1, "")];
        Peer.AddTrack(MediaKind.Audio, "a", "a", one);
        Peer.AddTrack(MediaKind.Audio, "b", "b", other);
        Peer.AddTrack(MediaKind.Video, "c", "c", video);
        var offer = Peer.CreateOffer();

        Assert.Equal("audio 9 UDP/TLS/RTP/SAVPF 111 63", SdpText.SectionOf(offer, "0")[0]);
        Assert.Equal("audio 9 UDP/TLS/RTP/SAVPF 111 63", SdpText.SectionOf(offer, "1")[0]);
        Assert.Equal("video 9 UDP/TLS/RTP/SAVPF 96", SdpText.SectionOf(offer, "2")[0]);
    }

    [Fact]
    public void AcceptAnswer_WithoutOfferOrNotFitting_Throws()
    {
        Assert.Throws<SdpException>(() => Peer.AcceptAnswer(SdpText.Session(SdpText.Data), TimeSpan.Zero));
        Peer.AddTrack(MediaKind.Audio, "a", "a", [RtpCodec.Opus]);
        Peer.CreateOffer();
        Assert.Throws<SdpException>(() => Peer.AcceptAnswer(SdpText.Session(SdpText.Data, SdpText.Audio()), TimeSpan.Zero));
        Assert.Throws<SdpException>(() => Peer.AcceptAnswer(SdpText.Session(SdpText.Audio(mid: "0", direction: "recvonly")), TimeSpan.Zero)); // actpass
        Peer.AcceptAnswer(SdpText.Session(SdpText.Audio(mid: "0", direction: "recvonly")).Replace("actpass", "active", StringComparison.Ordinal), TimeSpan.Zero);
        Assert.True(Assert.Single(Peer.LocalTracks).IsNegotiated);
    }

    [Fact]
    public void AcceptAnswer_TrackRefused_IsNotSentAndMayBeOfferedAgain()
    {
        var track = Peer.AddTrack(MediaKind.Audio, "a", "a", [RtpCodec.Opus]);
        Peer.CreateDataChannel("_reliable", new(), TimeSpan.Zero);
        Peer.CreateOffer();
        var answer = SdpText.Session(SdpText.Data, SdpText.Rejected).Replace("actpass", "active", StringComparison.Ordinal);
        Peer.AcceptAnswer(answer, TimeSpan.Zero);

        Assert.False(track.IsNegotiated);
        Assert.True(Peer.NegotiationNeeded);
        Assert.Equal("audio 9 UDP/TLS/RTP/SAVPF 111", SdpText.SectionOf(Peer.CreateOffer(), "2")[0]);
    }

    [Fact]
    public void AddTrack_NameWithSpace_Throws() =>
        Assert.Throws<ArgumentException>(() => Peer.AddTrack(MediaKind.Audio, "a b", "c", [RtpCodec.Opus]));

    private static string UfragOf(string sdp) => sdp.Split("\r\n").First(line => line.StartsWith("a=ice-ufrag:", StringComparison.Ordinal));

    private string Accept(params string[] media) => Peer.AcceptOffer(SdpText.Session(media), TimeSpan.Zero);

    private string Negotiate(PeerEnd client)
    {
        var offer = Peer.CreateOffer();
        Peer.AcceptAnswer(client.Peer.AcceptOffer(offer, TimeSpan.Zero), TimeSpan.Zero);
        return offer;
    }
}
