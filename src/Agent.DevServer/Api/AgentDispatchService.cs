using Agent.DevServer.Rooms;
using Agent.DevServer.Tokens;
using Agent.Protocol;

namespace Agent.DevServer.Api;

/// <summary>LiveKit's AgentDispatchService: which agents a room has.</summary>
internal sealed class AgentDispatchService(RoomDirectory rooms, RoomEnvironment environment)
{
    private const string Prefix = "livekit.AgentDispatchService/";

    public IEnumerable<KeyValuePair<string, TwirpMethod>> Methods =>
    [
        new(Prefix + "CreateDispatch", TwirpMethod.For<CreateAgentDispatchRequest, AgentDispatch>(CreateAsync)),
        new(Prefix + "DeleteDispatch", TwirpMethod.For<DeleteAgentDispatchRequest, AgentDispatch>(DeleteAsync)),
        new(Prefix + "ListDispatch", TwirpMethod.For<ListAgentDispatchRequest, ListAgentDispatchResponse>(ListAsync)),
    ];

    /// <summary>Creates the room too, where it does not exist.</summary>
    private async Task<AgentDispatch> CreateAsync(CreateAgentDispatchRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        Limits.CheckRoomName(request.Room);
        Limits.CheckMetadata(request.Metadata);
        Limits.CheckAttributes(request.Attributes);
        while (true)
        {
            var (room, _) = rooms.GetOrCreate(request.Room, () => RoomSettings.From(configuration: null, environment.Options), environment);
            try
            {
                return await room.Loop.AskAsync(() => room.IsClosed ? throw new RoomClosedException() : room.Dispatches.Add(new AgentDispatch
                {
                    AgentName = request.AgentName,
                    Metadata = request.Metadata,
                    RestartPolicy = request.RestartPolicy,
                    Deployment = request.Deployment,
                    Attributes = { request.Attributes },
                }));
            }
            catch (RoomClosedException)
            {
                // Closed meanwhile; the next one is new.
            }
        }
    }

    private Task<AgentDispatch> DeleteAsync(DeleteAgentDispatchRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        return rooms.InRoomAsync(request.Room, room => room.Dispatches.Delete(request.DispatchId) ?? throw TwirpException.NotFound("dispatch ID not found"));
    }

    private Task<ListAgentDispatchResponse> ListAsync(ListAgentDispatchRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        return rooms.InRoomAsync(request.Room, room =>
        {
            var response = new ListAgentDispatchResponse();
            response.AgentDispatches.AddRange(room.Dispatches.List(request.DispatchId));
            return response;
        });
    }
}
