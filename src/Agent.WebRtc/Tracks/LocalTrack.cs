using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Tracks;

/// <summary>A track that this side sends: packets of any source are rewritten into one continuous stream.</summary>
public sealed class LocalTrack
{
    internal LocalTrack(MediaKind kind, string streamId, string trackId, IReadOnlyList<RtpCodec> codecs, uint ssrc)
    {
        Kind = kind;
        StreamId = streamId;
        TrackId = trackId;
        OfferedCodecs = codecs;
        Ssrc = ssrc;
    }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; }

    /// <summary>The stream part of <c>a=msid</c>.</summary>
    public string StreamId { get; }

    /// <summary>The track part of <c>a=msid</c>.</summary>
    public string TrackId { get; }

    /// <summary>The source that all its packets carry.</summary>
    public uint Ssrc { get; }

    /// <summary>The media section's identification; null until an offer or answer gave it one.</summary>
    public string? Mid { get; internal set; }

    /// <summary>Anything its owner wants to find again in the callbacks.</summary>
    public object? Tag { get; set; }

    internal IReadOnlyList<RtpCodec> OfferedCodecs { get; }

    /// <summary>
    /// Sends a packet of a remote track (of this or, usually, another connection on the same loop): source, sequence
    /// number, timestamp, payload type and header extensions are rewritten. Redundant audio is reduced to its primary
    /// encoding where the receiver did not accept it. Allocates nothing.
    /// </summary>
    /// <param name="source">The track that the packet belongs to; another one than before is a switch of source.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it was sent; false before the connection and negotiation are complete or when no format fits.</returns>
    public bool Forward(RemoteTrack source, in RtpPacket packet, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Sends a packet of the caller's own making.</summary>
    /// <param name="codec">The payload format; compared with the negotiated ones by name, clock rate and channels.</param>
    /// <param name="timestamp">The timestamp in units of the codec's clock rate.</param>
    /// <param name="marker">The marker bit.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it was sent.</returns>
    public bool Send(RtpCodec codec, uint timestamp, bool marker, ReadOnlySpan<byte> payload, TimeSpan now) => throw new NotSupportedException("Being written.");
}
