using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Tracks;

namespace Agent.WebRtc;

/// <summary>What a <see cref="PeerConnection"/> tells its owner; every call comes from inside a call into the connection.</summary>
/// <remarks>
/// Spans and packets are valid during the call only. A handler may call any connection that runs on the same loop,
/// this one included (also <see cref="PeerConnection.Dispose"/>, which then takes effect when the outer call returns).
/// A handler must not throw.
/// </remarks>
public interface IPeerConnectionHandler
{
    /// <summary>A datagram is to be sent.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="datagram">The UDP payload.</param>
    /// <param name="remote">Where to.</param>
    void Send(PeerConnection peer, ReadOnlySpan<byte> datagram, in TransportAddress remote);

    /// <summary>The state changed.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="state">The new state.</param>
    void StateChanged(PeerConnection peer, PeerConnectionState state);

    /// <summary>A description added a track that the remote side sends, or gave an existing section a new one.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="track">The track.</param>
    void TrackAdded(PeerConnection peer, RemoteTrack track);

    /// <summary>A description ended a remote track.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="track">The track.</param>
    void TrackRemoved(PeerConnection peer, RemoteTrack track);

    /// <summary>An RTP packet of a remote track arrived (decrypted, checked against replay, maybe out of order).</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="track">The track it belongs to.</param>
    /// <param name="packet">The packet; hand it to <see cref="LocalTrack.Forward"/> of any number of tracks.</param>
    /// <param name="now">The time at which it arrived.</param>
    void RtpReceived(PeerConnection peer, RemoteTrack track, in RtpPacket packet, TimeSpan now);

    /// <summary>The remote side asked for a key frame (PLI or FIR) of a track we send.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="track">The track; ask its source by <see cref="PeerConnection.RequestKeyFrame"/>.</param>
    void KeyFrameRequested(PeerConnection peer, LocalTrack track);

    /// <summary>A data channel can be used: the remote side opened it or confirmed ours.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="channel">The channel.</param>
    void DataChannelOpened(PeerConnection peer, DataChannel channel);

    /// <summary>A message arrived.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The whole message.</param>
    /// <param name="isText">Whether it was sent as a string (UTF-8).</param>
    void DataReceived(PeerConnection peer, DataChannel channel, ReadOnlySpan<byte> message, bool isText);

    /// <summary>The amount buffered fell to or below <see cref="DataChannel.BufferedAmountLowThreshold"/>.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="channel">The channel.</param>
    void BufferedAmountLow(PeerConnection peer, DataChannel channel);

    /// <summary>A data channel is closed; it cannot be used again.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="channel">The channel.</param>
    void DataChannelClosed(PeerConnection peer, DataChannel channel);
}
