using Agent.WebRtc.Tracks;

namespace Agent.WebRtc.Sdp;

/// <summary>What a remote description changed.</summary>
internal sealed class NegotiationChanges
{
    public List<RemoteTrack> Added { get; } = [];

    public List<RemoteTrack> Removed { get; } = [];
}
