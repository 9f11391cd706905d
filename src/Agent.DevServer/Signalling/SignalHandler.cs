using Agent.DevServer.Api;
using Agent.DevServer.Rooms;
using Agent.Protocol;
using Google.Protobuf.Collections;

namespace Agent.DevServer.Signalling;

/// <summary>Acts on what one client asks for over its signalling socket. Runs on the room's loop.</summary>
internal sealed class SignalHandler(ServerRoom room, RoomParticipant participant, SignalLink link)
{
    /// <returns>False when the client has said goodbye, or was told to come anew.</returns>
    public bool Handle(SignalRequest request)
    {
        // A newer socket of the same participant has taken over, or it has left.
        if (participant.IsGone || !ReferenceEquals(participant.Link, link))
            return false;
        SignalLog.Request(room.Environment.Logger, participant.Identity, room.Name, request.MessageCase);
        switch (request.MessageCase)
        {
            case SignalRequest.MessageOneofCase.Offer:
                room.Media.AcceptOffer(participant, request.Offer);
                break;
            case SignalRequest.MessageOneofCase.Answer:
                room.Media.AcceptAnswer(participant, request.Answer);
                break;
            case SignalRequest.MessageOneofCase.Trickle:
                room.Media.AddCandidate(participant, request.Trickle);
                break;
            case SignalRequest.MessageOneofCase.AddTrack:
                room.Publishing.Announce(participant, request.AddTrack);
                break;
            case SignalRequest.MessageOneofCase.Mute:
                Mute(request.Mute);
                break;
            case SignalRequest.MessageOneofCase.Subscription:
                UpdateSubscription(request.Subscription);
                break;
            case SignalRequest.MessageOneofCase.TrackSetting:
                participant.SetPaused(request.TrackSetting.TrackSids, request.TrackSetting.Disabled);
                break;
            case SignalRequest.MessageOneofCase.Leave:
                room.Remove(participant, DisconnectReason.ClientInitiated);
                return false;
            case SignalRequest.MessageOneofCase.SubscriptionPermission:
                room.Subscribing.SetAudience(participant, request.SubscriptionPermission);
                break;
            case SignalRequest.MessageOneofCase.SyncState:
                return Sync(request.SyncState);
            case SignalRequest.MessageOneofCase.Simulate:
                return new Simulation(room, participant).Run(request.Simulate);
            case SignalRequest.MessageOneofCase.Ping:
                participant.Send(new SignalResponse { Pong = Milliseconds() });
                break;
            case SignalRequest.MessageOneofCase.PingReq:
                participant.Send(new SignalResponse { PongResp = new Pong { LastPingTimestamp = request.PingReq.Timestamp, Timestamp = Milliseconds() } });
                break;
            case SignalRequest.MessageOneofCase.UpdateMetadata:
                UpdateMetadata(request.UpdateMetadata);
                break;
            case SignalRequest.MessageOneofCase.UpdateAudioTrack:
                UpdateAudioTrack(request.UpdateAudioTrack);
                break;
            case SignalRequest.MessageOneofCase.None:
                // A newer client may ask for what this server has never heard of.
                room.Environment.Counters.CountMalformedSignal();
                break;
        }

        return true;
    }

    private void Mute(MuteTrackRequest request)
    {
        var track = participant.Tracks.Concat(participant.Pending).FirstOrDefault(t => string.Equals(t.Sid, request.Sid, StringComparison.Ordinal));
        if (track is not null)
            room.Publishing.SetMuted(track, request.Muted);
    }

    private void UpdateSubscription(UpdateSubscription request)
    {
        room.Subscribing.Update(participant, request.TrackSids, request.Subscribe);
        foreach (var tracks in request.ParticipantTracks)
            room.Subscribing.Update(participant, tracks.TrackSids, request.Subscribe);
    }

    /// <summary>A client that resumed tells its state. Where it differs from ours it has to start over.</summary>
    private bool Sync(SyncState state)
    {
        foreach (var published in state.PublishTracks)
        {
            if (published.Track is { } track && participant.Tracks.Concat(participant.Pending).Any(t => string.Equals(t.Sid, track.Sid, StringComparison.Ordinal)))
                continue;
            room.Entrance.DemandFullReconnect(participant);
            return false;
        }

        participant.SetPaused(state.TrackSidsDisabled, paused: true);
        if (state.Subscription is not null)
            UpdateSubscription(state.Subscription);
        room.Data.Resend(participant, state.DatachannelReceiveStates);
        return true;
    }

    private void UpdateMetadata(UpdateParticipantMetadata request)
    {
        if (!participant.Permission.CanUpdateMetadata)
        {
            Answer(request, RequestResponse.Types.Reason.NotAllowed, "does not have permission to update own metadata");
            return;
        }

        if (request.Name.Length > Limits.MaxNameLength || request.Metadata.Length > Limits.MaxMetadataSize || !Limits.AttributesFit(request.Attributes))
        {
            Answer(request, RequestResponse.Types.Reason.LimitExceeded, "exceeds limits");
            return;
        }

        if (request.Metadata.Length > 0)
            participant.Metadata = request.Metadata;
        if (request.Name.Length > 0)
            participant.Name = request.Name;
        ApplyAttributes(participant, request.Attributes);
        room.Announce(participant, alsoToItself: true);
        Answer(request, RequestResponse.Types.Reason.Ok, "");
    }

    /// <summary>Sets attributes; an empty value takes one away.</summary>
    internal static void ApplyAttributes(RoomParticipant participant, MapField<string, string> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (value.Length == 0)
                participant.Attributes.Remove(name);
            else
                participant.Attributes[name] = value;
        }
    }

    private void UpdateAudioTrack(UpdateLocalAudioTrack request)
    {
        var track = participant.Tracks.Concat(participant.Pending).FirstOrDefault(t => string.Equals(t.Sid, request.TrackSid, StringComparison.Ordinal));
        if (track is null)
            return;
        track.Info.AudioFeatures.Clear();
        track.Info.AudioFeatures.AddRange(request.Features);
        room.Announce(participant);
    }

    private void Answer(UpdateParticipantMetadata request, RequestResponse.Types.Reason reason, string message)
    {
        if (reason != RequestResponse.Types.Reason.Ok)
            RoomLog.RequestRefused(room.Environment.Logger, participant.Identity, room.Name, "updating its metadata", message);
        if (request.RequestId == 0)
            return;
        participant.Send(new SignalResponse
        {
            RequestResponse = new RequestResponse { RequestId = request.RequestId, Reason = reason, Message = message, UpdateMetadata = request },
        });
    }

    private long Milliseconds() => room.Environment.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
