using System.Security.Cryptography;
using Agent.Pipeline.Errors;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.LiveKit.Api;

/// <summary>Manages rooms and participants: LiveKit's RoomService.</summary>
public sealed class RoomServiceClient
{
    private static readonly TimeSpan DefaultRpcTimeout = TimeSpan.FromSeconds(10);

    private readonly TwirpClient _twirp;

    /// <summary>A client for one server.</summary>
    /// <param name="server">The server and the key pair to sign with.</param>
    /// <param name="httpClient">What to send with. Default: one shared by all clients.</param>
    /// <param name="timeProvider">The clock of tokens and time-outs. Default: the system's.</param>
    public RoomServiceClient(LiveKitServer server, HttpClient? httpClient = null, TimeProvider? timeProvider = null) =>
        _twirp = new TwirpClient(server, "RoomService", httpClient, timeProvider);

    /// <summary>A client for one server.</summary>
    /// <exception cref="ConfigurationException">One of the three is missing or malformed.</exception>
    public RoomServiceClient(string url, string apiKey, string apiSecret)
        : this(new LiveKitServer(url, apiKey, apiSecret))
    {
    }

    /// <summary>Makes a room, or returns the one that exists. Only needed for settings: a room is made by the first who joins.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task<Room> CreateRoomAsync(CreateRoomRequest request, CancellationToken cancellationToken = default) =>
        _twirp.CallAsync("CreateRoom", request, Room.Parser, new VideoGrants { RoomCreate = true }, cancellationToken);

    /// <summary>The open rooms: all, or those of the given names.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public async Task<IReadOnlyList<Room>> ListRoomsAsync(IEnumerable<string>? names = null, CancellationToken cancellationToken = default)
    {
        var request = new ListRoomsRequest();
        request.Names.AddRange(names ?? []);
        var answer = await _twirp.CallAsync("ListRooms", request, ListRoomsResponse.Parser, new VideoGrants { RoomList = true }, cancellationToken);
        return answer.Rooms;
    }

    /// <summary>Closes a room: everybody is disconnected.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task DeleteRoomAsync(string room, CancellationToken cancellationToken = default) =>
        _twirp.CallAsync("DeleteRoom", new DeleteRoomRequest { Room = room }, DeleteRoomResponse.Parser, new VideoGrants { RoomCreate = true }, cancellationToken);

    /// <summary>Sets a room's metadata.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task<Room> UpdateRoomMetadataAsync(string room, string metadata, CancellationToken cancellationToken = default) =>
        _twirp.CallAsync("UpdateRoomMetadata", new UpdateRoomMetadataRequest { Room = room, Metadata = metadata }, Room.Parser, Admin(room), cancellationToken);

    /// <summary>Who is in a room.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public async Task<IReadOnlyList<ParticipantInfo>> ListParticipantsAsync(string room, CancellationToken cancellationToken = default)
    {
        var answer = await _twirp.CallAsync("ListParticipants", new ListParticipantsRequest { Room = room }, ListParticipantsResponse.Parser, Admin(room), cancellationToken);
        return answer.Participants;
    }

    /// <summary>One participant with its tracks.</summary>
    /// <exception cref="TwirpException">The call failed; <see cref="TwirpErrorCode.NotFound"/> if there is no such participant.</exception>
    public Task<ParticipantInfo> GetParticipantAsync(string room, string identity, CancellationToken cancellationToken = default) =>
        _twirp.CallAsync("GetParticipant", new RoomParticipantIdentity { Room = room, Identity = identity }, ParticipantInfo.Parser, Admin(room), cancellationToken);

    /// <summary>Disconnects a participant, who may join again as long as its token is valid.</summary>
    /// <param name="room">The room.</param>
    /// <param name="identity">The participant.</param>
    /// <param name="revokeTokensBefore">Refuses this participant's tokens that are valid from before then. Default: none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task RemoveParticipantAsync(string room, string identity, DateTimeOffset? revokeTokensBefore = null, CancellationToken cancellationToken = default)
    {
        var request = new RoomParticipantIdentity { Room = room, Identity = identity, RevokeTokenTs = revokeTokensBefore?.ToUnixTimeSeconds() ?? 0 };
        return _twirp.CallAsync("RemoveParticipant", request, RemoveParticipantResponse.Parser, Admin(room), cancellationToken);
    }

    /// <summary>Lets a participant be heard and seen in another room as well.</summary>
    /// <exception cref="TwirpException">The call failed; the open-source server does not do this.</exception>
    public Task ForwardParticipantAsync(string room, string identity, string destinationRoom, CancellationToken cancellationToken = default)
    {
        var request = new ForwardParticipantRequest { Room = room, Identity = identity, DestinationRoom = destinationRoom };
        return _twirp.CallAsync("ForwardParticipant", request, ForwardParticipantResponse.Parser, Admin(room) with { DestinationRoom = destinationRoom }, cancellationToken);
    }

    /// <summary>Moves a participant to another room.</summary>
    /// <exception cref="TwirpException">The call failed; the open-source server does not do this.</exception>
    public Task MoveParticipantAsync(string room, string identity, string destinationRoom, CancellationToken cancellationToken = default)
    {
        var request = new MoveParticipantRequest { Room = room, Identity = identity, DestinationRoom = destinationRoom };
        return _twirp.CallAsync("MoveParticipant", request, MoveParticipantResponse.Parser, Admin(room) with { DestinationRoom = destinationRoom }, cancellationToken);
    }

    /// <summary>Mutes or unmutes a participant's track. Returns the track as it is then.</summary>
    /// <exception cref="TwirpException">The call failed; unmuting needs the server's permission for remote unmute.</exception>
    public async Task<TrackInfo> MutePublishedTrackAsync(string room, string identity, string trackSid, bool muted, CancellationToken cancellationToken = default)
    {
        var request = new MuteRoomTrackRequest { Room = room, Identity = identity, TrackSid = trackSid, Muted = muted };
        var answer = await _twirp.CallAsync("MutePublishedTrack", request, MuteRoomTrackResponse.Parser, Admin(room), cancellationToken);
        return answer.Track ?? new TrackInfo { Sid = trackSid, Muted = muted };
    }

    /// <summary>Changes a participant's name, metadata, attributes or permissions. An attribute with an empty value is removed; permissions are replaced as a whole.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task<ParticipantInfo> UpdateParticipantAsync(UpdateParticipantRequest request, CancellationToken cancellationToken = default) =>
        _twirp.CallAsync("UpdateParticipant", request, ParticipantInfo.Parser, Admin(request.Room), cancellationToken);

    /// <summary>Subscribes a participant to tracks, or unsubscribes it.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task UpdateSubscriptionsAsync(string room, string identity, IEnumerable<string> trackSids, bool subscribe, CancellationToken cancellationToken = default)
    {
        var request = new UpdateSubscriptionsRequest { Room = room, Identity = identity, Subscribe = subscribe };
        request.TrackSids.AddRange(trackSids);
        return _twirp.CallAsync("UpdateSubscriptions", request, UpdateSubscriptionsResponse.Parser, Admin(room), cancellationToken);
    }

    /// <summary>Sends data to participants, to all if none is named.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task SendDataAsync(SendDataRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Nonce.IsEmpty)
        {
            // The server forwards a nonce once: what a retry on the way doubles is heard once.
            request = request.Clone();
            request.Nonce = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(16));
        }

        return _twirp.CallAsync("SendData", request, SendDataResponse.Parser, Admin(request.Room), cancellationToken);
    }

    /// <summary>Calls a method that a participant has registered. Returns its answer.</summary>
    /// <param name="room">The room.</param>
    /// <param name="identity">The participant.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="payload">What it is given.</param>
    /// <param name="responseTimeout">How long it may take. <value>At least 1 ms; default 10 s.</value></param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="TwirpException">The call failed.</exception>
    public async Task<string> PerformRpcAsync(string room, string identity, string method, string payload, TimeSpan? responseTimeout = null, CancellationToken cancellationToken = default)
    {
        var timeout = responseTimeout ?? DefaultRpcTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromMilliseconds(1), nameof(responseTimeout));
        var request = new PerformRpcRequest { Room = room, DestinationIdentity = identity, Method = method, Payload = payload, ResponseTimeoutMs = (uint)timeout.TotalMilliseconds };
        var answer = await _twirp.CallAsync("PerformRpc", request, PerformRpcResponse.Parser, Admin(room), cancellationToken, timeout + TwirpClient.DefaultTimeout);
        return answer.Payload;
    }

    private static VideoGrants Admin(string room) => new() { RoomAdmin = true, Room = room };
}
