using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Tracks;

/// <summary>A track that the remote side sends.</summary>
public sealed class RemoteTrack
{
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
    public IReadOnlyList<RtpCodec> Codecs { get; internal set; } = [];

    /// <summary>The source that media last came from; null until the first packet.</summary>
    public uint? Ssrc { get; internal set; }

    /// <summary>Anything its owner wants to find again in the callbacks.</summary>
    public object? Tag { get; set; }

    internal RtpCodec?[] CodecByPayloadType { get; } = new RtpCodec?[128];

    internal ReceptionStatistics Statistics { get; } = new();
}
