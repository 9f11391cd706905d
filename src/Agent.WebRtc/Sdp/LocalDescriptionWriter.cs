using System.Globalization;
using System.Text;
using Agent.WebRtc.Ice;
using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Sdp;

/// <summary>Writes a description of this side: all sections bundled, RTCP multiplexed.</summary>
internal sealed class LocalDescriptionWriter(ulong sessionId)
{
    public const int SctpPort = 5000;
    private static readonly string[] Audio = ["nack"];
    private static readonly string[] VideoSender = ["nack", "nack pli", "ccm fir"];
    private static readonly string[] VideoReceiver = ["nack", "nack pli"];
    private int _version = 1;

    public required string Fingerprint { get; init; }

    public required string CanonicalName { get; init; }

    public required bool IsLite { get; init; }

    public required IReadOnlyList<IceCandidate> Candidates { get; init; }

    public required int MaxMessageSize { get; init; }

    public string Write(IReadOnlyList<MediaSection> sections, IceCredentials credentials, SetupRole setup)
    {
        var text = new StringBuilder(2048);
        Line(text, $"v=0");
        Line(text, $"o=- {sessionId} {++_version} IN IP4 127.0.0.1");
        Line(text, $"s=-");
        Line(text, $"t=0 0");
        Line(text, $"a=group:BUNDLE{string.Concat(sections.Where(section => !section.IsRejected).Select(section => " " + section.Mid))}");
        if (IsLite) Line(text, $"a=ice-lite");
        Line(text, $"a=msid-semantic: WMS *");
        var transportWritten = false;
        foreach (var section in sections)
        {
            if (section.IsRejected)
            {
                WriteRejected(text, section);
                continue;
            }

            WriteMediaLine(text, section);
            if (!transportWritten) WriteCandidates(text);
            transportWritten = true;
            Line(text, $"a=ice-ufrag:{credentials.Ufrag}");
            Line(text, $"a=ice-pwd:{credentials.Password}");
            Line(text, $"a=ice-options:trickle");
            Line(text, $"a=fingerprint:sha-256 {Fingerprint}");
            Line(text, $"a=setup:{NameOf(setup)}");
            Line(text, $"a=mid:{section.Mid}");
            if (section.IsMedia) WriteMedia(text, section);
            else WriteData(text);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append("\r\n");

    private static string NameOf(SetupRole setup) => setup switch
    {
        SetupRole.Active => "active",
        SetupRole.Passive => "passive",
        _ => "actpass",
    };

    private static string NameOf(MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.RecvOnly => "recvonly",
        MediaDirection.SendRecv => "sendrecv",
        _ => "inactive",
    };

    private static void WriteMediaLine(StringBuilder text, MediaSection section)
    {
        if (section.IsMedia)
            Line(text, $"m={(section.Kind == SectionKind.Audio ? "audio" : "video")} 9 UDP/TLS/RTP/SAVPF {string.Join(' ', section.Codecs.Select(codec => codec.PayloadType))}");
        else
            Line(text, $"m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
        Line(text, $"c=IN IP4 0.0.0.0");
        if (section.IsMedia) Line(text, $"a=rtcp:9 IN IP4 0.0.0.0");
    }

    /// <summary>Port 0 and the formats of the remote side's section (RFC 8829, section 5.3.1).</summary>
    private static void WriteRejected(StringBuilder text, MediaSection section)
    {
        var source = section.Source;
        var formats = source is null ? "0" : string.Join(' ', source.Formats);
        Line(text, $"m={source?.Type ?? "audio"} 0 {source?.Protocol ?? "UDP/TLS/RTP/SAVPF"} {formats}");
        Line(text, $"c=IN IP4 0.0.0.0");
        Line(text, $"a=mid:{section.Mid}");
        Line(text, $"a=inactive");
    }

    private static void WriteExtensions(StringBuilder text, MediaSection section)
    {
        foreach (var kind in Enum.GetValues<HeaderExtensionKind>())
        {
            if (section.Extensions[kind] != 0) Line(text, $"a=extmap:{section.Extensions[kind]} {HeaderExtensionMap.UriOf(kind)}");
        }
    }

    private static void WriteCodec(StringBuilder text, MediaSection section, RtpCodec codec)
    {
        var channels = codec.Channels == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{codec.Channels}");
        Line(text, $"a=rtpmap:{codec.PayloadType} {codec.Name}/{codec.ClockRateHz}{channels}");
        foreach (var feedback in FeedbackOf(section))
        {
            if (codec.IsRed) break;
            if (section.RemoteFeedback is null || (section.RemoteFeedback.TryGetValue(codec.PayloadType, out var offered) && offered.Contains(feedback, StringComparer.Ordinal)))
                Line(text, $"a=rtcp-fb:{codec.PayloadType} {feedback}");
        }

        if (codec.Parameters.Length > 0) Line(text, $"a=fmtp:{codec.PayloadType} {codec.Parameters}");
    }

    /// <summary>As a sender: lost packets are sent again, key frames asked for at the source. As a receiver: lost packets and key frames are asked for.</summary>
    private static string[] FeedbackOf(MediaSection section)
    {
        if (section.Kind == SectionKind.Audio) return Audio;
        return section.Sends ? VideoSender : VideoReceiver;
    }

    private void WriteCandidates(StringBuilder text)
    {
        foreach (var candidate in Candidates) Line(text, $"a={candidate}");
        if (IsLite) Line(text, $"a=end-of-candidates");
    }

    private void WriteMedia(StringBuilder text, MediaSection section)
    {
        WriteExtensions(text, section);
        Line(text, $"a={NameOf(section.Direction)}");
        Line(text, $"a=rtcp-mux");
        Line(text, $"a=rtcp-rsize");
        foreach (var codec in section.Codecs) WriteCodec(text, section, codec);
        if (section.Local is not { } track || !section.Sends) return;
        Line(text, $"a=msid:{(track.StreamId.Length == 0 ? "-" : track.StreamId)} {track.TrackId}");
        Line(text, $"a=ssrc:{track.Ssrc} cname:{CanonicalName}");
    }

    private void WriteData(StringBuilder text)
    {
        Line(text, $"a=sctp-port:{SctpPort}");
        Line(text, $"a=max-message-size:{MaxMessageSize}");
    }
}
