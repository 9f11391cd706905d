using Agent.DevServer.Rooms;
using Agent.DevServer.Signalling;
using Agent.DevServer.Tokens;
using Agent.Protocol;
using ProtocolRoom = Agent.Protocol.Room;

namespace Agent.DevServer.Api;

/// <summary>LiveKit's RoomService: rooms and participants as a back end manages them.</summary>
internal sealed class RoomService(RoomDirectory rooms, RoomEnvironment environment)
{
    private const string Prefix = "livekit.RoomService/";

    public IEnumerable<KeyValuePair<string, TwirpMethod>> Methods =>
    [
        new(Prefix + "CreateRoom", TwirpMethod.For<CreateRoomRequest, ProtocolRoom>(CreateRoomAsync)),
        new(Prefix + "ListRooms", TwirpMethod.For<ListRoomsRequest, ListRoomsResponse>(ListRoomsAsync)),
        new(Prefix + "DeleteRoom", TwirpMethod.For<DeleteRoomRequest, DeleteRoomResponse>(DeleteRoomAsync)),
        new(Prefix + "ListParticipants", TwirpMethod.For<ListParticipantsRequest, ListParticipantsResponse>(ListParticipantsAsync)),
        new(Prefix + "GetParticipant", TwirpMethod.For<RoomParticipantIdentity, ParticipantInfo>(GetParticipantAsync)),
        new(Prefix + "RemoveParticipant", TwirpMethod.For<RoomParticipantIdentity, RemoveParticipantResponse>(RemoveParticipantAsync)),
        new(Prefix + "MutePublishedTrack", TwirpMethod.For<MuteRoomTrackRequest, MuteRoomTrackResponse>(MutePublishedTrackAsync)),
        new(Prefix + "UpdateParticipant", TwirpMethod.For<UpdateParticipantRequest, ParticipantInfo>(UpdateParticipantAsync)),
        new(Prefix + "UpdateSubscriptions", TwirpMethod.For<UpdateSubscriptionsRequest, UpdateSubscriptionsResponse>(UpdateSubscriptionsAsync)),
        new(Prefix + "SendData", TwirpMethod.For<SendDataRequest, SendDataResponse>(SendDataAsync)),
        new(Prefix + "UpdateRoomMetadata", TwirpMethod.For<UpdateRoomMetadataRequest, ProtocolRoom>(UpdateRoomMetadataAsync)),
        new(Prefix + "PerformRpc", TwirpMethod.For<PerformRpcRequest, PerformRpcResponse>(new ServerRpc(rooms, environment).PerformAsync)),
    ];

    private async Task<ProtocolRoom> CreateRoomAsync(CreateRoomRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireCreate(token);
        Limits.CheckRoomName(request.Name);
        Limits.CheckMetadata(request.Metadata);
        Limits.CheckAgents(request.Agents);
        while (true)
        {
            // A room that exists stays as it is, whatever the request says of it.
            var (room, _) = rooms.GetOrCreate(request.Name, () => RoomSettings.From(request, environment.Options), environment);
            try
            {
                return await room.Loop.AskAsync(() => room.IsClosed ? throw new RoomClosedException() : room.ToInfo());
            }
            catch (RoomClosedException)
            {
                // Closed meanwhile; the next one is new.
            }
        }
    }

    private async Task<ListRoomsResponse> ListRoomsAsync(ListRoomsRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireList(token);
        var response = new ListRoomsResponse();
        foreach (var room in rooms.All)
        {
            if (request.Names.Count > 0 && !request.Names.Contains(room.Name))
                continue;
            try
            {
                response.Rooms.Add(await room.Loop.AskAsync(room.ToInfo));
            }
            catch (RoomClosedException)
            {
                // Gone meanwhile.
            }
        }

        return response;
    }

    private async Task<DeleteRoomResponse> DeleteRoomAsync(DeleteRoomRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireCreate(token);
        return await rooms.InRoomAsync(request.Room, room =>
        {
            room.Close(DisconnectReason.RoomDeleted);
            return new DeleteRoomResponse();
        });
    }

    private async Task<ListParticipantsResponse> ListParticipantsAsync(ListParticipantsRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        // Like LiveKit: a room that does not exist has nobody in it, which is no error.
        if (rooms.Find(request.Room) is null)
            return new ListParticipantsResponse();
        return await rooms.InRoomAsync(request.Room, room =>
        {
            var response = new ListParticipantsResponse();
            response.Participants.AddRange(room.Participants.Select(p => p.ToInfo()));
            return response;
        });
    }

    private Task<ParticipantInfo> GetParticipantAsync(RoomParticipantIdentity request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        return rooms.WithParticipantAsync(request.Room, request.Identity, (_, participant) => participant.ToInfo());
    }

    private Task<RemoveParticipantResponse> RemoveParticipantAsync(RoomParticipantIdentity request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        return rooms.WithParticipantAsync(request.Room, request.Identity, (room, participant) =>
        {
            room.Remove(participant, DisconnectReason.ParticipantRemoved);
            return new RemoveParticipantResponse();
        });
    }

    private Task<MuteRoomTrackResponse> MutePublishedTrackAsync(MuteRoomTrackRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        if (!request.Muted)
            throw new TwirpException(TwirpCode.FailedPrecondition, "remote unmute not enabled");
        return rooms.WithParticipantAsync(request.Room, request.Identity, (room, participant) =>
        {
            var track = participant.Tracks.Find(t => string.Equals(t.Sid, request.TrackSid, StringComparison.Ordinal))
                ?? throw TwirpException.NotFound("track is not found");
            room.Publishing.SetMuted(track, muted: true);
            participant.Send(new SignalResponse { Mute = new MuteTrackRequest { Sid = track.Sid, Muted = true } });
            return new MuteRoomTrackResponse { Track = track.Info.Clone() };
        });
    }

    private Task<ParticipantInfo> UpdateParticipantAsync(UpdateParticipantRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        if (request.Name.Length > Limits.MaxNameLength)
            throw TwirpException.InvalidArgument($"name length exceeds limits {Limits.MaxNameLength}");
        Limits.CheckMetadata(request.Metadata);
        Limits.CheckAttributes(request.Attributes);
        Permissions.RequireAdmin(token, request.Room);
        return rooms.WithParticipantAsync(request.Room, request.Identity, (room, participant) =>
        {
            if (request.Name.Length > 0)
                participant.Name = request.Name;
            if (request.Metadata.Length > 0)
                participant.Metadata = request.Metadata;
            SignalHandler.ApplyAttributes(participant, request.Attributes);
            if (request.Permission is not null)
                participant.Permission = request.Permission.Clone();
            room.Announce(participant, alsoToItself: true);
            if (request.Permission is not null)
            {
                room.Publishing.Enforce(participant);
                room.Subscribing.Enforce(participant);
            }

            room.Entrance.RefreshToken(participant);
            return participant.ToInfo();
        });
    }

    private Task<UpdateSubscriptionsResponse> UpdateSubscriptionsAsync(UpdateSubscriptionsRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        return rooms.WithParticipantAsync(request.Room, request.Identity, (room, participant) =>
        {
            room.Subscribing.Update(participant, request.TrackSids.Concat(request.ParticipantTracks.SelectMany(tracks => tracks.TrackSids)), request.Subscribe);
            return new UpdateSubscriptionsResponse();
        });
    }

    private Task<SendDataResponse> SendDataAsync(SendDataRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        if (request.Nonce.Length is not (0 or 16))
            throw TwirpException.InvalidArgument($"nonce should be 16-bytes or not present, got: {request.Nonce.Length} bytes");
        return rooms.InRoomAsync(request.Room, room =>
        {
            var user = new UserPacket { Payload = request.Data, Nonce = request.Nonce };
            if (request.HasTopic)
                user.Topic = request.Topic;
            var packet = new DataPacket { User = user };
            packet.DestinationIdentities.AddRange(request.DestinationIdentities);
            packet.DestinationIdentities.AddRange(request.DestinationSids.Select(sid => room.FindBySid(sid)?.Identity).OfType<string>());
            if (packet.DestinationIdentities.Count > 0 || request.DestinationSids.Count == 0)
                room.Data.SendFromServer(request.Kind, packet);
            return new SendDataResponse();
        });
    }

    private Task<ProtocolRoom> UpdateRoomMetadataAsync(UpdateRoomMetadataRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Limits.CheckMetadata(request.Metadata);
        Permissions.RequireAdmin(token, request.Room);
        return rooms.InRoomAsync(request.Room, room =>
        {
            room.SetMetadata(request.Metadata);
            return room.ToInfo();
        });
    }
}
