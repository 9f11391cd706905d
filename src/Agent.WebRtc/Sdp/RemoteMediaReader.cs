using System.Globalization;
using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Sdp;

/// <summary>Understands one media section.</summary>
internal static class RemoteMediaReader
{
    private const int DefaultSctpPort = 5000;
    private const int DefaultMaxMessageSize = 65_536; // RFC 8841, section 6.1: when the attribute is absent

    public static RemoteMedia Read(SdpMedia section, string mid)
    {
        var kind = KindOf(section);
        if (kind is SectionKind.Unsupported) return new RemoteMedia { Kind = kind, Source = section, Mid = mid, IsRejected = true };
        var rejected = section.Port == 0 && !section.Has("bundle-only"); // RFC 8843, section 6: port 0 is then no rejection
        if (kind == SectionKind.Data)
        {
            return new RemoteMedia
            {
                Kind = kind,
                Source = section,
                Mid = mid,
                IsRejected = rejected,
                SctpPort = (int)Number(section.Find("sctp-port"), DefaultSctpPort, ushort.MaxValue),
                MaxMessageSize = Number(section.Find("max-message-size"), DefaultMaxMessageSize, long.MaxValue),
            };
        }

        var (stream, track) = ReadIdentity(section);
        return new RemoteMedia
        {
            Kind = kind,
            Source = section,
            Mid = mid,
            IsRejected = rejected,
            Direction = ReadDirection(section),
            Codecs = ReadCodecs(section),
            Feedback = ReadFeedback(section),
            Extensions = ReadExtensions(section),
            Ssrcs = ReadSources(section),
            StreamId = stream,
            TrackId = track,
        };
    }

    private static SectionKind KindOf(SdpMedia section) => section.Type switch
    {
        "audio" when section.Protocol.Contains("RTP/SAVPF", StringComparison.Ordinal) => SectionKind.Audio,
        "video" when section.Protocol.Contains("RTP/SAVPF", StringComparison.Ordinal) => SectionKind.Video,
        "application" when section.Protocol.EndsWith("DTLS/SCTP", StringComparison.Ordinal) && section.Formats is ["webrtc-datachannel"] => SectionKind.Data,
        _ => SectionKind.Unsupported,
    };

    private static MediaDirection ReadDirection(SdpMedia section)
    {
        if (section.Has("sendonly")) return MediaDirection.SendOnly;
        if (section.Has("recvonly")) return MediaDirection.RecvOnly;
        return section.Has("inactive") ? MediaDirection.Inactive : MediaDirection.SendRecv;
    }

    /// <summary>In the order of the media line, which is that of preference.</summary>
    private static List<RtpCodec> ReadCodecs(SdpMedia section)
    {
        var codecs = new List<RtpCodec>();
        foreach (var format in section.Formats)
        {
            if (!byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var payloadType) || payloadType > 127) continue;
            if (FindFor(section, "rtpmap", payloadType) is not { } map) continue;
            var parts = map.Split('/');
            if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rate) || rate == 0) continue;
            var channels = 1;
            if (parts.Length > 2 && (!int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out channels) || channels == 0)) continue;
            codecs.Add(new RtpCodec(payloadType, parts[0], rate, channels, FindFor(section, "fmtp", payloadType) ?? ""));
        }

        return codecs;
    }

    private static string? FindFor(SdpMedia section, string name, byte payloadType)
    {
        foreach (var attribute in section.Attributes)
        {
            if (attribute.Name == name && TrySplit(attribute.Value, out var id, out var value) && id == payloadType) return value;
        }

        return null;
    }

    private static Dictionary<byte, IReadOnlyList<string>> ReadFeedback(SdpMedia section)
    {
        var result = new Dictionary<byte, IReadOnlyList<string>>();
        foreach (var attribute in section.Attributes)
        {
            if (attribute.Name != "rtcp-fb" || !TrySplit(attribute.Value, out var payloadType, out var value)) continue;
            if (!result.TryGetValue(payloadType, out var list)) result[payloadType] = list = new List<string>();
            ((List<string>)list).Add(value);
        }

        return result;
    }

    private static HeaderExtensionMap ReadExtensions(SdpMedia section)
    {
        var map = new HeaderExtensionMap();
        foreach (var attribute in section.Attributes)
        {
            if (attribute.Name != "extmap") continue;
            var space = attribute.Value.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0) continue;
            var id = attribute.Value.AsSpan(0, space);
            var slash = id.IndexOf('/');
            if (slash >= 0) id = id[..slash];
            var uri = attribute.Value.AsSpan(space + 1).Trim();
            var end = uri.IndexOf(' ');
            if (end >= 0) uri = uri[..end];
            if (byte.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && HeaderExtensionMap.TryFind(uri.ToString(), out var kind))
                map[kind] = number;
        }

        return map;
    }

    private static List<uint> ReadSources(SdpMedia section)
    {
        var sources = new List<uint>();
        foreach (var attribute in section.Attributes)
        {
            if (attribute.Name == "ssrc" && TrySplitText(attribute.Value, out var id, out _)
                && uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var ssrc) && !sources.Contains(ssrc))
            {
                sources.Add(ssrc);
            }
        }

        return sources;
    }

    /// <summary>From <c>a=msid</c> (RFC 8830), or from <c>a=ssrc:… msid:…</c> of older clients.</summary>
    private static (string Stream, string Track) ReadIdentity(SdpMedia section)
    {
        foreach (var attribute in section.Attributes)
        {
            var value = attribute.Name switch
            {
                "msid" => attribute.Value,
                "ssrc" when TrySplitText(attribute.Value, out _, out var rest) && rest.StartsWith("msid:", StringComparison.Ordinal) => rest["msid:".Length..],
                _ => null,
            };
            if (value is null) continue;
            if (!TrySplitText(value, out var stream, out var track)) return (value == "-" ? "" : value, "");
            return (stream == "-" ? "" : stream, track);
        }

        return ("", "");
    }

    private static bool TrySplit(string text, out byte id, out string value)
    {
        id = 0;
        return TrySplitText(text, out var first, out value) && byte.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    private static bool TrySplitText(string text, out string first, out string rest)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        first = space < 0 ? text : text[..space];
        rest = space < 0 ? "" : text[(space + 1)..].Trim();
        return space > 0;
    }

    private static long Number(string? text, long defaultValue, long max)
    {
        if (text is null) return defaultValue;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > max)
            throw new SdpException($"sctp-port and max-message-size are numbers of at most {max}.");
        return value;
    }
}
