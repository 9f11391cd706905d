using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Tracks;

/// <summary>A track that the remote side sends.</summary>
public sealed class RemoteTrack
{
    private readonly RtpCodec?[] _codecByPayloadType = new RtpCodec?[128];

    internal RemoteTrack(string mid, MediaKind kind, string streamId, string trackId)
    {
        Mid = mid;
        Kind = kind;
        StreamId = streamId;
        TrackId = trackId;
    }

    /// <summary>The media section's identification (RFC 8843).</summary>
    public string Mid { get; }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; }

    /// <summary>The stream part of <c>a=msid</c>; empty when there is none.</summary>
    public string StreamId { get; }

    /// <summary>The track part of <c>a=msid</c> (LiveKit clients announce it as <c>cid</c>); empty when there is none.</summary>
    public string TrackId { get; }

    /// <summary>The negotiated payload formats in the remote side's order of preference.</summary>
    public IReadOnlyList<RtpCodec> Codecs { get; private set; } = [];

    /// <summary>The source that media last came from; null until the first packet.</summary>
    public uint? Ssrc { get; internal set; }

    /// <summary>Packets received.</summary>
    public long PacketsReceived { get; internal set; }

    /// <summary>Anything its owner wants to find again in the callbacks.</summary>
    public object? Tag { get; set; }

    internal HeaderExtensionMap Extensions { get; private set; } = new();

    internal IReadOnlyList<uint> DeclaredSsrcs { get; private set; } = [];

    internal ReceptionStatistics Statistics { get; } = new();

    internal MissingPackets Missing { get; } = new();

    /// <summary>Whether the sender keeps packets to send them again.</summary>
    internal bool CanAskAgain { get; private set; }

    internal RtpCodec? FindCodec(byte payloadType) => _codecByPayloadType[payloadType & 0x7F];

    internal void Negotiated(IReadOnlyList<RtpCodec> codecs, HeaderExtensionMap extensions, IReadOnlyList<uint> ssrcs, bool canAskAgain)
    {
        CanAskAgain = canAskAgain;
        Codecs = codecs;
        Extensions = extensions;
        DeclaredSsrcs = ssrcs;
        Array.Clear(_codecByPayloadType);
        foreach (var codec in codecs) _codecByPayloadType[codec.PayloadType] = codec;
    }
}
