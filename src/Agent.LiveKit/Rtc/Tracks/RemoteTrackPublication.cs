using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A track that somebody else offers.</summary>
public sealed class RemoteTrackPublication : TrackPublication
{
    private readonly FfiClient _client;
    private volatile RemoteTrack? _track;

    internal RemoteTrackPublication(FfiClient client, FfiHandle handle, TrackPublicationInfo info)
        : base(handle, info) => _client = client;

    /// <summary>The track while it is subscribed to, else null.</summary>
    public RemoteTrack? Track => _track;

    /// <summary>Whether the track arrives here.</summary>
    public bool IsSubscribed => _track is not null;

    /// <summary>Asks the server to send the track, or to stop; <see cref="Room.TrackSubscribed"/> or <see cref="Room.TrackUnsubscribed"/> follows.</summary>
    /// <exception cref="RoomException">The track is gone.</exception>
    public void SetSubscribed(bool subscribed)
    {
        try
        {
            using var use = Handle.Use();
            _client.Request(new FfiRequest { SetSubscribed = new SetSubscribedRequest { Subscribe = subscribed, PublicationHandle = use.Id } });
        }
        catch (ObjectDisposedException e)
        {
            throw new RoomException(RoomErrorKind.Closed, $"Track {Sid} is not published any more; wait for the next one.", e);
        }
    }

    internal void SetTrack(RemoteTrack? track)
    {
        var earlier = _track;
        _track = track;
        if (!ReferenceEquals(earlier, track))
            earlier?.Close();
    }

    internal void Close()
    {
        SetTrack(track: null);
        Handle.Dispose();
    }
}
