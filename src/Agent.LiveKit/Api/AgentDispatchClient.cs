using Agent.Pipeline.Errors;
using Agent.Protocol;

namespace Agent.LiveKit.Api;

/// <summary>Sends agents into rooms and calls them back: LiveKit's AgentDispatchService.</summary>
public sealed class AgentDispatchClient
{
    private readonly TwirpClient _twirp;

    /// <summary>A client for one server.</summary>
    /// <param name="server">The server and the key pair to sign with.</param>
    /// <param name="httpClient">What to send with. Default: one shared by all clients.</param>
    /// <param name="timeProvider">The clock of tokens and time-outs. Default: the system's.</param>
    public AgentDispatchClient(LiveKitServer server, HttpClient? httpClient = null, TimeProvider? timeProvider = null) =>
        _twirp = new TwirpClient(server, "AgentDispatchService", httpClient, timeProvider);

    /// <summary>A client for one server.</summary>
    /// <exception cref="ConfigurationException">One of the three is missing or malformed.</exception>
    public AgentDispatchClient(string url, string apiKey, string apiSecret)
        : this(new LiveKitServer(url, apiKey, apiSecret))
    {
    }

    /// <summary>
    /// Sends an agent into a room, which is made if it does not exist. Twice means two agents: the server does not look whether there is one
    /// already. And when no worker has room, the dispatch stays without a job.
    /// </summary>
    /// <param name="roomName">The room.</param>
    /// <param name="agentName">The name under which the agent's workers register.</param>
    /// <param name="metadata">What the job is told.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task<AgentDispatch> CreateDispatchAsync(string roomName, string agentName, string metadata = "", CancellationToken cancellationToken = default) =>
        CreateDispatchAsync(new CreateAgentDispatchRequest { Room = roomName, AgentName = agentName, Metadata = metadata }, cancellationToken);

    /// <summary>Sends an agent into a room, with everything that the request can say.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task<AgentDispatch> CreateDispatchAsync(CreateAgentDispatchRequest request, CancellationToken cancellationToken = default) =>
        _twirp.CallAsync("CreateDispatch", request, AgentDispatch.Parser, Admin(request.Room), cancellationToken);

    /// <summary>Calls an agent back: its job is told to end, and it leaves the room.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public Task<AgentDispatch> DeleteDispatchAsync(string dispatchId, string roomName, CancellationToken cancellationToken = default) =>
        _twirp.CallAsync("DeleteDispatch", new DeleteAgentDispatchRequest { DispatchId = dispatchId, Room = roomName }, AgentDispatch.Parser, Admin(roomName), cancellationToken);

    /// <summary>One dispatch of a room with its jobs, or nothing if there is no such dispatch.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public async Task<AgentDispatch?> GetDispatchAsync(string dispatchId, string roomName, CancellationToken cancellationToken = default)
    {
        var request = new ListAgentDispatchRequest { DispatchId = dispatchId, Room = roomName };
        var answer = await _twirp.CallAsync("ListDispatch", request, ListAgentDispatchResponse.Parser, Admin(roomName), cancellationToken);
        return answer.AgentDispatches.FirstOrDefault();
    }

    /// <summary>All dispatches of a room with their jobs.</summary>
    /// <exception cref="TwirpException">The call failed.</exception>
    public async Task<IReadOnlyList<AgentDispatch>> ListDispatchAsync(string roomName, CancellationToken cancellationToken = default)
    {
        var answer = await _twirp.CallAsync("ListDispatch", new ListAgentDispatchRequest { Room = roomName }, ListAgentDispatchResponse.Parser, Admin(roomName), cancellationToken);
        return answer.AgentDispatches;
    }

    private static VideoGrants Admin(string room) => new() { RoomAdmin = true, Room = room };
}
