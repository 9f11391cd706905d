using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Sdp;
using Agent.WebRtc.Tracks;

namespace Agent.WebRtc;

/// <summary>
/// One WebRTC connection without sockets, threads or a clock: datagrams, descriptions and time go in; datagrams,
/// events and the next time-out come out.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> A connection and everything it hands out (tracks, channels) is used by one thread at a time: run it
/// on one loop. Connections that forward to each other run on the same loop or copy packets between loops.</para>
/// <para><b>Time.</b> <c>now</c> is the time since one origin that is the same for all connections of the process; it never runs
/// backwards. After every call look at <see cref="NextTimeout"/> again.</para>
/// <para><b>Input.</b> Whatever arrives from the network is dropped and counted when it is malformed; only descriptions that
/// come through signalling throw (<see cref="SdpException"/>), and then change nothing.</para>
/// </remarks>
public sealed class PeerConnection : IDisposable
{
    /// <summary>Creates a connection.</summary>
    /// <param name="options">What it is made with.</param>
    /// <param name="handler">Where datagrams and events go.</param>
    /// <param name="now">The time.</param>
    public PeerConnection(PeerConnectionOptions options, IPeerConnectionHandler handler, TimeSpan now)
    {
        Options = options;
        Handler = handler;
    }

    /// <summary>What it was made with.</summary>
    public PeerConnectionOptions Options { get; }

    /// <summary>The state of ICE and DTLS together.</summary>
    public PeerConnectionState State { get; private set; }

    /// <summary>What was received, sent and dropped.</summary>
    public PeerCounters Counters { get; } = new();

    /// <summary>When to call <see cref="HandleTimeout"/> at the latest; null when nothing is waited for.</summary>
    public TimeSpan? NextTimeout => throw new NotSupportedException("Being written.");

    /// <summary>Where media goes to and comes from; null before the first authenticated check.</summary>
    public TransportAddress? RemoteAddress => throw new NotSupportedException("Being written.");

    /// <summary>The tracks that the remote side sends.</summary>
    public IReadOnlyList<RemoteTrack> RemoteTracks => throw new NotSupportedException("Being written.");

    /// <summary>The tracks that this side sends, those not yet negotiated included.</summary>
    public IReadOnlyList<LocalTrack> LocalTracks => throw new NotSupportedException("Being written.");

    /// <summary>The data channels that are open or opening.</summary>
    public IReadOnlyList<DataChannel> DataChannels => throw new NotSupportedException("Being written.");

    /// <summary>Whether tracks, channels or an ICE restart wait for an offer of ours.</summary>
    public bool NegotiationNeeded => throw new NotSupportedException("Being written.");

    internal IPeerConnectionHandler Handler { get; }

    /// <summary>Applies a remote offer and answers it: first or any later one, also one that restarts ICE.</summary>
    /// <param name="sdp">The offer.</param>
    /// <param name="now">The time.</param>
    /// <returns>The answer, in force when this returns.</returns>
    /// <exception cref="SdpException">The offer is malformed or cannot be met; nothing changed.</exception>
    public string AcceptOffer(string sdp, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Describes this side's tracks and data channels; in force once the answer was accepted.</summary>
    /// <param name="restartIce">Whether to ask for new ICE credentials.</param>
    /// <returns>The offer; a later one replaces it until an answer comes.</returns>
    public string CreateOffer(bool restartIce = false) => throw new NotSupportedException("Being written.");

    /// <summary>Applies the answer to the last offer.</summary>
    /// <param name="sdp">The answer.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="SdpException">The answer is malformed, does not fit, or no offer is open; nothing changed.</exception>
    public void AcceptAnswer(string sdp, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Takes a trickled candidate; a server needs none, so unreadable ones are counted and dropped.</summary>
    /// <param name="candidate">The <c>candidate:…</c> line as browsers send it, with or without <c>a=</c>; empty means there are no more.</param>
    /// <param name="now">The time.</param>
    public void AddRemoteCandidate(string candidate, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Handles a datagram; decrypts in place.</summary>
    /// <param name="datagram">The UDP payload, overwritten.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="now">The time.</param>
    public void Handle(Span<byte> datagram, in TransportAddress remote, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Does what is due at this time: retransmissions, reports, time-outs.</summary>
    /// <param name="now">The time.</param>
    public void HandleTimeout(TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Adds a track to send; it flows after the next offer and answer (or the next remote offer that has room for it).</summary>
    /// <param name="kind">Audio or video.</param>
    /// <param name="streamId">The stream part of <c>a=msid</c>.</param>
    /// <param name="trackId">The track part of <c>a=msid</c>.</param>
    /// <param name="codecs">What to offer, usually the <see cref="RemoteTrack.Codecs"/> of its source, best first.</param>
    public LocalTrack AddTrack(MediaKind kind, string streamId, string trackId, IReadOnlyList<RtpCodec> codecs) => throw new NotSupportedException("Being written.");

    /// <summary>Stops sending a track; its section becomes inactive with the next offer.</summary>
    /// <param name="track">A track of this connection.</param>
    /// <param name="now">The time.</param>
    public void RemoveTrack(LocalTrack track, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Asks the sender of a remote track for a key frame (PLI, RFC 4585, section 6.3.1).</summary>
    /// <param name="track">A video track of this connection.</param>
    /// <param name="now">The time.</param>
    public void RequestKeyFrame(RemoteTrack track, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Creates a data channel; it opens when connected and confirmed. The first one needs a new offer.</summary>
    /// <param name="label">Its label, at most 65,535 bytes of UTF-8.</param>
    /// <param name="options">How it delivers.</param>
    /// <param name="now">The time.</param>
    public DataChannel CreateDataChannel(string label, DataChannelOptions options, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Closes: says goodbye to the remote side and frees native memory. Events end here.</summary>
    public void Dispose() => throw new NotSupportedException("Being written.");
}
