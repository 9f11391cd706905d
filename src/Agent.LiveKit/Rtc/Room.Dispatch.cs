using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Case = Agent.LiveKit.Rtc.Native.Protocol.RoomEvent.MessageOneofCase;

namespace Agent.LiveKit.Rtc;

/// <content>The loop that turns the native library's events into the room's state and events, in order.</content>
public sealed partial class Room
{
    private async Task DispatchAsync()
    {
        await foreach (var message in _events.Reader.ReadAllAsync())
        {
            if (IsClosed)
            {
                UnclaimedHandles.Drop(message, Client.Library);
                continue;
            }

            try
            {
                Dispatch(message);
            }
            catch (Exception e) when (e is RoomException or ObjectDisposedException or KeyNotFoundException)
            {
                RtcLog.EventFailed(_logger, e, message.RoomEvent?.MessageCase.ToString() ?? message.MessageCase.ToString(), _name);
            }
        }
    }

    private void Dispatch(FfiEvent message)
    {
        switch (message.MessageCase)
        {
            case FfiEvent.MessageOneofCase.RoomEvent:
                Dispatch(message.RoomEvent);
                break;
            case FfiEvent.MessageOneofCase.RpcMethodInvocation:
                _tasks.Add(Task.Run(() => InvokeAsync(message.RpcMethodInvocation)));
                break;
            case FfiEvent.MessageOneofCase.Panic:
                End(DisconnectReason.Unknown);
                break;
        }
    }

    private void Dispatch(RoomEvent message)
    {
        switch (message.MessageCase)
        {
            case Case.ParticipantConnected:
                Raise(ParticipantConnected, new RemoteParticipantEventArgs(Add(message.ParticipantConnected.Info)), nameof(ParticipantConnected));
                break;
            case Case.ParticipantDisconnected:
                OnLeft(message.ParticipantDisconnected);
                break;
            case Case.TrackPublished:
                OnPublished(message.TrackPublished);
                break;
            case Case.TrackUnpublished:
                OnUnpublished(message.TrackUnpublished);
                break;
            case Case.TrackSubscribed:
                OnSubscribed(message.TrackSubscribed);
                break;
            case Case.TrackUnsubscribed:
                OnUnsubscribed(message.TrackUnsubscribed.ParticipantIdentity, message.TrackUnsubscribed.TrackSid);
                break;
            case Case.TrackSubscriptionFailed:
                OnSubscriptionFailed(message.TrackSubscriptionFailed);
                break;
            case Case.TrackMuted:
                OnMuted(message.TrackMuted.ParticipantIdentity, message.TrackMuted.TrackSid, isMuted: true);
                break;
            case Case.TrackUnmuted:
                OnMuted(message.TrackUnmuted.ParticipantIdentity, message.TrackUnmuted.TrackSid, isMuted: false);
                break;
            case Case.LocalTrackSubscribed:
                OnLocalSubscribed(message.LocalTrackSubscribed.TrackSid);
                break;
            case Case.LocalTrackRepublished:
                OnRepublished(message.LocalTrackRepublished);
                break;
            case Case.DataPacketReceived:
                OnData(message.DataPacketReceived);
                break;
            case Case.TextStreamOpened:
                OnTextStream(message.TextStreamOpened);
                break;
            case Case.ByteStreamOpened:
                OnByteStream(message.ByteStreamOpened);
                break;
            case Case.Disconnected:
                End((DisconnectReason)message.Disconnected.Reason);
                break;
            case Case.Eos:
                End(DisconnectReason.Unknown);
                break;
            case Case.Reconnecting:
                RtcLog.Reconnecting(_logger, _name);
                Raise(Reconnecting, nameof(Reconnecting));
                break;
            case Case.Reconnected:
                RtcLog.Reconnected(_logger, _name);
                Raise(Reconnected, nameof(Reconnected));
                break;
            case Case.ConnectionStateChanged:
                SetState(message.ConnectionStateChanged.State);
                break;
            default:
                DispatchProperties(message);
                break;
        }
    }

    private void DispatchProperties(RoomEvent message)
    {
        switch (message.MessageCase)
        {
            case Case.RoomMetadataChanged:
                _metadata = message.RoomMetadataChanged.Metadata;
                Raise(MetadataChanged, nameof(MetadataChanged));
                break;
            case Case.RoomSidChanged:
                _sid = message.RoomSidChanged.Sid;
                break;
            case Case.RoomUpdated:
                Update(message.RoomUpdated);
                break;
            case Case.Moved:
                Update(message.Moved);
                break;
            case Case.ParticipantsUpdated:
                foreach (var info in message.ParticipantsUpdated.Participants)
                    Find(info.Identity)?.Update(info);
                break;
            case Case.ParticipantMetadataChanged when Find(message.ParticipantMetadataChanged.ParticipantIdentity) is { } participant:
                participant.SetMetadata(message.ParticipantMetadataChanged.Metadata);
                Raise(ParticipantMetadataChanged, new ParticipantEventArgs(participant), nameof(ParticipantMetadataChanged));
                break;
            case Case.ParticipantNameChanged when Find(message.ParticipantNameChanged.ParticipantIdentity) is { } participant:
                participant.SetName(message.ParticipantNameChanged.Name);
                Raise(ParticipantNameChanged, new ParticipantEventArgs(participant), nameof(ParticipantNameChanged));
                break;
            case Case.ParticipantAttributesChanged when Find(message.ParticipantAttributesChanged.ParticipantIdentity) is { } participant:
                participant.SetAttributes(message.ParticipantAttributesChanged.Attributes);
                var changed = message.ParticipantAttributesChanged.ChangedAttributes.ToFrozenDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
                Raise(ParticipantAttributesChanged, new AttributesChangedEventArgs(participant, changed), nameof(ParticipantAttributesChanged));
                break;
            case Case.ParticipantPermissionChanged when Find(message.ParticipantPermissionChanged.ParticipantIdentity) is { } participant:
                participant.SetPermission(message.ParticipantPermissionChanged.Permission);
                Raise(ParticipantPermissionsChanged, new ParticipantEventArgs(participant), nameof(ParticipantPermissionsChanged));
                break;
            case Case.ConnectionQualityChanged when Find(message.ConnectionQualityChanged.ParticipantIdentity) is { } participant:
                var quality = (ConnectionQuality)message.ConnectionQualityChanged.Quality;
                participant.SetQuality(quality);
                Raise(ConnectionQualityChanged, new ConnectionQualityEventArgs(participant, quality), nameof(ConnectionQualityChanged));
                break;
            case Case.ActiveSpeakersChanged:
                OnSpeakers(message.ActiveSpeakersChanged);
                break;
        }
    }

    private Participant? Find(string identity) =>
        _participants.TryGetValue(identity, out var remote) ? remote : _local is { } local && string.Equals(local.Identity, identity, StringComparison.Ordinal) ? local : null;

    private RemoteParticipant Add(OwnedParticipant owned)
    {
        var participant = new RemoteParticipant(this, Client.Own(owned.Handle), owned.Info);
        if (_participants.TryRemove(participant.Identity, out var earlier))
            earlier.Close();
        _participants[participant.Identity] = participant;
        return participant;
    }

    private void Update(RoomInfo info)
    {
        _name = info.Name;
        _metadata = info.Metadata;
        if (info.HasSid)
            _sid = info.Sid;
    }

    private void OnLeft(ParticipantDisconnected message)
    {
        if (!_participants.TryRemove(message.ParticipantIdentity, out var participant))
            return;
        Raise(ParticipantDisconnected, new ParticipantDisconnectedEventArgs(participant, (DisconnectReason)message.DisconnectReason), nameof(ParticipantDisconnected));
        participant.Close();
    }

    private void OnPublished(TrackPublished message)
    {
        var handle = Client.Own(message.Publication.Handle);
        if (!_participants.TryGetValue(message.ParticipantIdentity, out var participant))
        {
            handle.Dispose();
            return;
        }

        var publication = new RemoteTrackPublication(Client, handle, message.Publication.Info);
        participant.Add(publication);
        Raise(TrackPublished, new RemotePublicationEventArgs(participant, publication), nameof(TrackPublished));
    }

    private void OnUnpublished(TrackUnpublished message)
    {
        if (!_participants.TryGetValue(message.ParticipantIdentity, out var participant))
            return;
        OnUnsubscribed(message.ParticipantIdentity, message.PublicationSid);
        if (participant.Remove(message.PublicationSid) is not { } publication)
            return;
        Raise(TrackUnpublished, new RemotePublicationEventArgs(participant, publication), nameof(TrackUnpublished));
        publication.Close();
    }

    private void OnSubscribed(TrackSubscribed message)
    {
        var handle = Client.Own(message.Track.Handle);
        if (!_participants.TryGetValue(message.ParticipantIdentity, out var participant)
            || !participant.TrackPublications.TryGetValue(message.Track.Info.Sid, out var publication))
        {
            handle.Dispose();
            return;
        }

        var track = RemoteTrack.From(Client, handle, message.Track.Info);
        publication.SetTrack(track);
        Raise(TrackSubscribed, new RemoteTrackEventArgs(participant, publication, track), nameof(TrackSubscribed));
    }

    private void OnUnsubscribed(string identity, string trackSid)
    {
        if (!_participants.TryGetValue(identity, out var participant)
            || !participant.TrackPublications.TryGetValue(trackSid, out var publication)
            || publication.Track is not { } track)
            return;
        publication.SetTrack(track: null);
        Raise(TrackUnsubscribed, new RemoteTrackEventArgs(participant, publication, track), nameof(TrackUnsubscribed));
    }

    private void OnSubscriptionFailed(TrackSubscriptionFailed message)
    {
        var error = SecretRedactor.Redact(message.Error);
        RtcLog.SubscriptionFailed(_logger, message.TrackSid, message.ParticipantIdentity, error);
        if (_participants.TryGetValue(message.ParticipantIdentity, out var participant))
            Raise(TrackSubscriptionFailed, new TrackSubscriptionFailedEventArgs(participant, message.TrackSid, error), nameof(TrackSubscriptionFailed));
    }

    private void OnMuted(string identity, string trackSid, bool isMuted)
    {
        if (Find(identity) is not { } participant || participant.FindPublication(trackSid) is not { } publication)
            return;
        publication.SetMuted(isMuted);
        var args = new PublicationEventArgs(participant, publication);
        if (isMuted)
            Raise(TrackMuted, args, nameof(TrackMuted));
        else
            Raise(TrackUnmuted, args, nameof(TrackUnmuted));
    }

    private void OnLocalSubscribed(string trackSid)
    {
        lock (_gate)
        {
            if (LocalParticipant.TrackPublications.TryGetValue(trackSid, out var publication))
                publication.OnSubscribed();
            else
                _earlySubscriptions.Add(trackSid);
        }
    }

    private void OnRepublished(LocalTrackRepublished message)
    {
        var known = LocalParticipant.TrackPublications.GetValueOrDefault(message.PreviousSid);
        var replacement = known?.Handle.Id == message.PublicationHandle ? null : new FfiHandle(Client.Library, message.PublicationHandle);
        if (LocalParticipant.Republish(message.PreviousSid, replacement, message.Info) is { } publication)
            Raise(LocalTrackRepublished, new LocalTrackRepublishedEventArgs(publication, message.PreviousSid), nameof(LocalTrackRepublished));
        else
            replacement?.Dispose();
    }

    private void OnSpeakers(ActiveSpeakersChanged message)
    {
        var speakers = message.ParticipantIdentities.Select(Find).OfType<Participant>().ToList();
        foreach (var participant in _participants.Values)
            participant.SetSpeaking(speakers.Contains(participant));
        LocalParticipant.SetSpeaking(speakers.Contains(LocalParticipant));
        Raise(ActiveSpeakersChanged, new ActiveSpeakersEventArgs(speakers), nameof(ActiveSpeakersChanged));
    }

    private void OnData(DataPacketReceived message)
    {
        var sender = _participants.GetValueOrDefault(message.ParticipantIdentity);
        if (message.SipDtmf is { } key)
        {
            Raise(SipDtmfReceived, new SipDtmfEventArgs((int)key.Code, key.Digit, sender), nameof(SipDtmfReceived));
            return;
        }

        if (message.User is not { } user)
            return;
        using var handle = Client.Own(user.Data.Handle);
        var payload = new byte[user.Data.Data.DataLen];
        if (payload.Length > 0)
            Marshal.Copy((nint)user.Data.Data.DataPtr, payload, 0, payload.Length);
        var args = new DataReceivedEventArgs(payload, user.Topic, message.Kind == DataPacketKind.KindReliable, sender);
        Raise(DataReceived, args, nameof(DataReceived));
    }

    private void OnTextStream(TextStreamOpened message)
    {
        var handle = Client.Own(message.Reader.Handle);
        var topic = message.Reader.Info.Topic;
        if (!_textHandlers.TryGetValue(topic, out var handler))
        {
            RtcLog.StreamUnclaimed(_logger, topic, _name);
            handle.Dispose();
            return;
        }

        var reader = new TextStreamReader(Client, handle, message.Reader.Info);
        BeginInOrder(() => HandleAsync(() => handler(reader, message.ParticipantIdentity, _closed.Token), reader, reader.Fail, topic));
    }

    private void OnByteStream(ByteStreamOpened message)
    {
        var handle = Client.Own(message.Reader.Handle);
        var topic = message.Reader.Info.Topic;
        if (!_byteHandlers.TryGetValue(topic, out var handler))
        {
            RtcLog.StreamUnclaimed(_logger, topic, _name);
            handle.Dispose();
            return;
        }

        var reader = new ByteStreamReader(Client, handle, message.Reader.Info);
        BeginInOrder(() => HandleAsync(() => handler(reader, message.ParticipantIdentity, _closed.Token), reader, reader.Fail, topic));
    }

    /// <summary>Handlers of streams begin in the order in which the streams were opened, since the newer of two may replace the older, but not on the loop of events.</summary>
    private void BeginInOrder(Func<Task> handle)
    {
        var before = _lastBegun;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lastBegun = begun.Task;
        _tasks.Add(Task.Run(async () =>
        {
            await before;
            var handled = handle();
            begun.SetResult();
            await handled;
        }));
    }

    private async Task HandleAsync(Func<Task> handle, IDisposable reader, Action<RoomException> fail, string topic)
    {
        s_handlerOf.Value = this;
        using var _ = reader;
        // A reader that ignores the token must end all the same when the room is left: no part of the stream comes after that.
        await using var closed = _closed.Token.UnsafeRegister(_ => fail(Closed()), state: null);
        try
        {
            await handle();
        }
        catch (OperationCanceledException) when (IsClosed)
        {
            // The handler has heard that the room was left.
        }
        catch (Exception e)
        {
            RtcLog.HandlerFailed(_logger, e, topic);
        }
    }

    private async Task InvokeAsync(RpcMethodInvocationEvent call)
    {
        s_handlerOf.Value = this;
        var answer = new RpcMethodInvocationResponseRequest { InvocationId = call.InvocationId };
        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(call.ResponseTimeoutMs, 1, int.MaxValue));
        using var late = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _closed.Token);
        try
        {
            if (!_rpcHandlers.TryGetValue(call.Method, out var handler))
                throw new RpcException(RpcErrorCode.UnsupportedMethod, $"There is no method '{call.Method}'.");
            var payload = await handler(new RpcInvocation(call.RequestId, call.CallerIdentity, call.Payload, timeout), either.Token);
            Guard.Text(payload);
            answer.Payload = payload;
        }
        catch (RpcException e)
        {
            answer.Error = new RpcError { Code = (uint)e.Code, Message = e.Message };
            if (e.ErrorData is not null)
                answer.Error.Data = e.ErrorData;
        }
        catch (Exception e)
        {
            if (!either.IsCancellationRequested)
                RtcLog.HandlerFailed(_logger, e, call.Method);
            // What went wrong inside is nobody else's business.
            answer.Error = new RpcError { Code = RpcErrorCode.ApplicationError, Message = "Application error in method handler" };
        }

        Answer(answer);
    }

    private void Answer(RpcMethodInvocationResponseRequest answer)
    {
        try
        {
            Request(LocalParticipant.Handle, id =>
            {
                answer.LocalParticipantHandle = id;
                return new FfiRequest { RpcMethodInvocationResponse = answer };
            });
        }
        catch (RoomException e)
        {
            RtcLog.EventFailed(_logger, e, nameof(FfiRequest.RpcMethodInvocationResponse), _name);
        }
    }

    private void SetState(Native.Protocol.ConnectionState state)
    {
        var changed = state switch
        {
            Native.Protocol.ConnectionState.ConnConnected => ConnectionState.Connected,
            Native.Protocol.ConnectionState.ConnReconnecting => ConnectionState.Reconnecting,
            _ => ConnectionState.Disconnected,
        };
        if (Interlocked.Exchange(ref _state, (int)changed) != (int)changed)
            Raise(ConnectionStateChanged, new ConnectionStateEventArgs(changed), nameof(ConnectionStateChanged));
    }

    /// <summary>We are out: says so once, and begins to let go of everything native.</summary>
    private void End(DisconnectReason reason)
    {
        if (!_ended.TrySetResult(reason))
            return;
        if (Interlocked.Exchange(ref _state, (int)ConnectionState.Disconnected) != (int)ConnectionState.Disconnected)
            Raise(ConnectionStateChanged, new ConnectionStateEventArgs(ConnectionState.Disconnected), nameof(ConnectionStateChanged));
        if (_handle is not null)
        {
            RtcLog.Left(_logger, _name, reason);
            Raise(Disconnected, new DisconnectedEventArgs(reason), nameof(Disconnected));
        }

        _ = StartLeaving();
    }
}
