using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Sdp;

/// <summary>A media section of a remote description, understood and checked.</summary>
internal sealed class RemoteMedia
{
    public required SectionKind Kind { get; init; }

    public required SdpMedia Source { get; init; }

    public required string Mid { get; init; }

    public bool IsRejected { get; init; }

    public MediaDirection Direction { get; init; }

    public IReadOnlyList<RtpCodec> Codecs { get; init; } = [];

    public IReadOnlyDictionary<byte, IReadOnlyList<string>> Feedback { get; init; } = new Dictionary<byte, IReadOnlyList<string>>();

    public HeaderExtensionMap Extensions { get; init; } = new();

    public IReadOnlyList<uint> Ssrcs { get; init; } = [];

    public string StreamId { get; init; } = "";

    public string TrackId { get; init; } = "";

    public int SctpPort { get; init; }

    /// <summary>0 means no limit (RFC 8841, section 6.1).</summary>
    public long MaxMessageSize { get; init; }
}
