using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <content>
/// What happens in the room. Handlers run one at a time, in order, on the room's own loop: the next event waits for them, so they
/// return soon. A handler that throws is logged and the next one goes on.
/// </content>
public sealed partial class Room
{
    /// <summary>Somebody has joined; not raised for those who were there before us.</summary>
    public event EventHandler<RemoteParticipantEventArgs>? ParticipantConnected;

    /// <summary>Somebody has left.</summary>
    public event EventHandler<ParticipantDisconnectedEventArgs>? ParticipantDisconnected;

    /// <summary>Somebody offers a track.</summary>
    public event EventHandler<RemotePublicationEventArgs>? TrackPublished;

    /// <summary>A track is no longer offered.</summary>
    public event EventHandler<RemotePublicationEventArgs>? TrackUnpublished;

    /// <summary>A track arrives here; also after a full reconnect, as a new object.</summary>
    public event EventHandler<RemoteTrackEventArgs>? TrackSubscribed;

    /// <summary>A track no longer arrives here; its streams have ended.</summary>
    public event EventHandler<RemoteTrackEventArgs>? TrackUnsubscribed;

    /// <summary>A track could not be subscribed to.</summary>
    public event EventHandler<TrackSubscriptionFailedEventArgs>? TrackSubscriptionFailed;

    /// <summary>A track, perhaps ours, is muted.</summary>
    public event EventHandler<PublicationEventArgs>? TrackMuted;

    /// <summary>A track, perhaps ours, is no longer muted.</summary>
    public event EventHandler<PublicationEventArgs>? TrackUnmuted;

    /// <summary>A track of ours has another identifier after a full reconnect.</summary>
    public event EventHandler<LocalTrackRepublishedEventArgs>? LocalTrackRepublished;

    /// <summary>Other people speak than before.</summary>
    public event EventHandler<ActiveSpeakersEventArgs>? ActiveSpeakersChanged;

    /// <summary>The room's metadata has changed.</summary>
    public event EventHandler? MetadataChanged;

    /// <summary>A participant's metadata has changed.</summary>
    public event EventHandler<ParticipantEventArgs>? ParticipantMetadataChanged;

    /// <summary>A participant's name has changed.</summary>
    public event EventHandler<ParticipantEventArgs>? ParticipantNameChanged;

    /// <summary>A participant's attributes have changed.</summary>
    public event EventHandler<AttributesChangedEventArgs>? ParticipantAttributesChanged;

    /// <summary>A participant may do other things than before.</summary>
    public event EventHandler<ParticipantEventArgs>? ParticipantPermissionsChanged;

    /// <summary>A participant is connected better or worse than before.</summary>
    public event EventHandler<ConnectionQualityEventArgs>? ConnectionQualityChanged;

    /// <summary>The connection has another state.</summary>
    public event EventHandler<ConnectionStateEventArgs>? ConnectionStateChanged;

    /// <summary>The connection is lost and is being restored.</summary>
    public event EventHandler? Reconnecting;

    /// <summary>The connection is restored.</summary>
    public event EventHandler? Reconnected;

    /// <summary>We are no longer in the room, for whatever reason; the last event, raised once.</summary>
    public event EventHandler<DisconnectedEventArgs>? Disconnected;

    /// <summary>A packet of data has arrived.</summary>
    public event EventHandler<DataReceivedEventArgs>? DataReceived;

    /// <summary>Somebody on the telephone has pressed a key.</summary>
    public event EventHandler<SipDtmfEventArgs>? SipDtmfReceived;

    private void Raise<T>(EventHandler<T>? handlers, T args, string name)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(this, args);
            }
            catch (Exception e)
            {
                RtcLog.HandlerFailed(_logger, e, name);
            }
        }
    }

    private void Raise(EventHandler? handlers, string name)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(this, EventArgs.Empty);
            }
            catch (Exception e)
            {
                RtcLog.HandlerFailed(_logger, e, name);
            }
        }
    }
}
