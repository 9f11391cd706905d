using System.Security.Cryptography;
using System.Text;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sdp;

namespace Agent.WebRtc.Tracks;

/// <summary>A track that this side sends: packets of any source are rewritten into one continuous stream.</summary>
public sealed class LocalTrack
{
    private const int AudioCachePackets = 128; // 2.5 s of 20 ms packets
    private const int VideoCachePackets = 512;
    private readonly IRtpOutlet _outlet;
    private readonly RtpRewriter _rewriter;
    private readonly PayloadTypeMap _payloadTypes = new();
    private readonly RetransmissionCache _cache;
    private IReadOnlyList<RtpCodec> _codecs = [];
    private HeaderExtensionMap _extensions = new();
    private byte[] _midBytes = [];
    private int _clockRateHz;

    internal LocalTrack(IRtpOutlet outlet, MediaKind kind, string streamId, string trackId, IReadOnlyList<RtpCodec> codecs, uint ssrc)
    {
        _outlet = outlet;
        Kind = kind;
        StreamId = streamId;
        TrackId = trackId;
        OfferedCodecs = codecs;
        Ssrc = ssrc;
        _cache = new RetransmissionCache(kind == MediaKind.Audio ? AudioCachePackets : VideoCachePackets);

        // Below 2^15, so that losing the first packets does not hide a roll-over from SRTP (RFC 3711, section 3.3.1).
        _rewriter = new RtpRewriter((ushort)RandomNumberGenerator.GetInt32(1, 0x8000), (uint)RandomNumberGenerator.GetInt32(int.MaxValue));
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

    /// <summary>Whether the remote side agreed to receive it.</summary>
    public bool IsNegotiated => _codecs.Count > 0;

    /// <summary>Packets sent, retransmissions not counted.</summary>
    public long PacketsSent { get; private set; }

    /// <summary>The loss that the receiver last reported, 0 to 1; null before its first report.</summary>
    public double? FractionLost { get; internal set; }

    /// <summary>Anything its owner wants to find again in the callbacks.</summary>
    public object? Tag { get; set; }

    internal IReadOnlyList<RtpCodec> OfferedCodecs { get; }

    internal long OctetsSent { get; private set; }

    internal bool HasNews { get; set; }

    /// <summary>
    /// Sends a packet of a remote track (of this or, usually, another connection on the same loop): source, sequence
    /// number, timestamp, payload type and header extensions are rewritten. Redundant audio is reduced to its primary
    /// encoding where the receiver did not accept it. Allocates nothing.
    /// </summary>
    /// <param name="source">The track that the packet belongs to; another one than before is a switch of source.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it was sent; false before the connection and negotiation are complete or when no format fits.</returns>
    public bool Forward(RemoteTrack source, in RtpPacket packet, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!_outlet.CanSend) return false;
        var mapping = _payloadTypes.Find(packet.PayloadType, source.Codecs, _codecs);
        if (mapping.ClockRateHz == 0) return false;
        var payload = packet.Payload;
        if (mapping.IsPrimaryOnly && !RedundantAudio.TryGetPrimary(payload, out _, out payload)) return false;
        _clockRateHz = mapping.ClockRateHz;
        var (sequence, timestamp) = _rewriter.Rewrite(source, packet.Ssrc, packet.SequenceNumber, packet.Timestamp, _clockRateHz, now);
        var writer = new RtpWriter(_outlet.Buffer[.._outlet.MaxPacketLength], mapping.PayloadType, packet.Marker, sequence, timestamp, Ssrc);
        CopyExtension(ref writer, HeaderExtensionKind.AudioLevel, source, packet);
        CopyExtension(ref writer, HeaderExtensionKind.VideoOrientation, source, packet);
        CopyExtension(ref writer, HeaderExtensionKind.PlayoutDelay, source, packet);
        return Finish(ref writer, sequence, payload, now);
    }

    /// <summary>Sends a packet of the caller's own making.</summary>
    /// <param name="codec">The payload format; compared with the negotiated ones by name, clock rate and channels.</param>
    /// <param name="timestamp">The timestamp in units of the codec's clock rate.</param>
    /// <param name="marker">The marker bit.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it was sent.</returns>
    public bool Send(RtpCodec codec, uint timestamp, bool marker, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (!_outlet.CanSend) return false;
        foreach (var negotiated in _codecs)
        {
            if (!negotiated.Matches(codec)) continue;
            _clockRateHz = negotiated.ClockRateHz;
            var sequence = _rewriter.Next(timestamp, now);
            var writer = new RtpWriter(_outlet.Buffer[.._outlet.MaxPacketLength], negotiated.PayloadType, marker, sequence, timestamp, Ssrc);
            return Finish(ref writer, sequence, payload, now);
        }

        return false;
    }

    internal void Negotiated(MediaSection? section)
    {
        var sends = section is { Sends: true };
        _codecs = sends ? section!.Codecs : [];
        if (!sends) return;
        _extensions = section!.Extensions;
        _midBytes = Encoding.UTF8.GetBytes(section.Mid);
    }

    internal bool Resend(ushort sequenceNumber, TimeSpan now)
    {
        if (!_outlet.CanSend || !_cache.TryTake(sequenceNumber, now, out var packet)) return false;
        packet.CopyTo(_outlet.Buffer);
        return _outlet.SendRtp(packet.Length, now);
    }

    /// <summary>The RTP timestamp that stands for <paramref name="now"/>, for sender reports.</summary>
    internal uint TimestampAt(TimeSpan now) => _rewriter.LastTimestamp + (uint)(long)((now - _rewriter.LastAt).TotalSeconds * _clockRateHz);

    private void CopyExtension(ref RtpWriter writer, HeaderExtensionKind kind, RemoteTrack source, in RtpPacket packet)
    {
        if (_extensions[kind] != 0 && packet.TryGetExtension(source.Extensions[kind], out var value)) writer.AddExtension(_extensions[kind], value);
    }

    private bool Finish(ref RtpWriter writer, ushort sequence, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        writer.AddExtension(_extensions[HeaderExtensionKind.Mid], _midBytes);
        var length = writer.Complete(payload);
        if (length == 0) return false; // larger than any datagram
        _cache.Add(sequence, _outlet.Buffer[..length]);
        PacketsSent++;
        OctetsSent += payload.Length;
        HasNews = true;
        return _outlet.SendRtp(length, now);
    }
}
