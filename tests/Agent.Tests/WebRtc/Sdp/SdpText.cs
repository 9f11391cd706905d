namespace Agent.Tests.WebRtc.Sdp;

/// <summary>Descriptions as Chromium writes them, reduced to what matters.</summary>
internal static class SdpText
{
    public const string Transport = """
        a=ice-ufrag:EsAw
        a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
        a=ice-options:trickle
        a=fingerprint:sha-256 8C:9E:66:50:60:EE:27:B4:6F:BC:48:8A:B4:A7:44:92:07:EE:07:8D:AE:41:0C:9C:10:29:12:B5:CD:9F:9C:43
        a=setup:actpass

        """;

    public const string Data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\nc=IN IP4 0.0.0.0\n" + Transport + "a=mid:0\na=sctp-port:5000\na=max-message-size:262144\n";

    public const string Rejected = "m=audio 0 UDP/TLS/RTP/SAVPF 111\nc=IN IP4 0.0.0.0\na=mid:1\na=inactive\na=rtpmap:111 opus/48000/2\n";

    public const string Video = "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102\nc=IN IP4 0.0.0.0\n" + Transport + """
        a=mid:2
        a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
        a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid
        a=sendonly
        a=msid:stream cam
        a=rtcp-mux
        a=rtpmap:96 VP8/90000
        a=rtcp-fb:96 goog-remb
        a=rtcp-fb:96 transport-cc
        a=rtcp-fb:96 nack
        a=rtcp-fb:96 nack pli
        a=rtpmap:97 rtx/90000
        a=fmtp:97 apt=96
        a=rtpmap:102 H264/90000
        a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f

        """;

    public static string Audio(string mid = "1", string direction = "sendonly", string msid = "stream cid") =>
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 13 110\nc=IN IP4 0.0.0.0\n" + Transport + $"""
        a=mid:{mid}
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
        a={direction}
        a=msid:{msid}
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=rtcp-fb:111 transport-cc
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111
        a=rtpmap:9 G722/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:13 CN/8000
        a=rtpmap:110 telephone-event/48000
        a=ssrc:3735928559 cname:abc
        a=ssrc:3735928559 msid:{msid}

        """;

    public static string Session(params string[] media) => "v=0\no=- 4611 2 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE 0 1 2\na=msid-semantic: WMS\n" + string.Concat(media);

    /// <summary>The lines of the section with this mid.</summary>
    public static string[] SectionOf(string sdp, string mid) =>
        Assert.Single(sdp.ReplaceLineEndings("\n").Split("\nm="), section => section.Contains($"\na=mid:{mid}\n", StringComparison.Ordinal)).Split('\n');
}
