using Agent.WebRtc;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Tracks;

namespace Agent.DevServer.Media;

/// <summary>What a room is told about its peers; always on its loop.</summary>
internal interface IMediaPeerEvents
{
    void StateChanged(MediaPeer peer, PeerConnectionState state);

    void TrackAdded(MediaPeer peer, RemoteTrack track);

    void TrackRemoved(MediaPeer peer, RemoteTrack track);

    void RtpReceived(MediaPeer peer, RemoteTrack track, in RtpPacket packet, TimeSpan now);

    void KeyFrameRequested(MediaPeer peer, LocalTrack track);

    void DataChannelOpened(MediaPeer peer, DataChannel channel);

    void DataReceived(MediaPeer peer, DataChannel channel, ReadOnlySpan<byte> message);

    void DataChannelClosed(MediaPeer peer, DataChannel channel);
}
