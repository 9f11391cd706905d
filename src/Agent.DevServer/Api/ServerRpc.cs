using Agent.DevServer.Rooms;
using Agent.DevServer.Tokens;
using Agent.Protocol;

namespace Agent.DevServer.Api;

/// <summary>RoomService/PerformRpc: a remote procedure call to a participant, made by a back end.</summary>
internal sealed class ServerRpc(RoomDirectory rooms, RoomEnvironment environment)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(1);

    public async Task<PerformRpcResponse> PerformAsync(PerformRpcRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        Permissions.RequireAdmin(token, request.Room);
        if (request.DestinationIdentity.Length == 0)
            throw TwirpException.InvalidArgument("destination identity is required");
        var timeout = request.ResponseTimeoutMs > 0 ? TimeSpan.FromMilliseconds(request.ResponseTimeoutMs) : DefaultTimeout;
        timeout = timeout > MaxTimeout ? MaxTimeout : timeout;
        var id = Guid.NewGuid().ToString();
        var answer = await rooms.WithParticipantAsync(request.Room, request.DestinationIdentity, (room, participant) =>
        {
            var pending = room.Data.Rpcs.Add(id);
            room.Data.SendFromServer(DataPacket.Types.Kind.Reliable, new DataPacket
            {
                DestinationIdentities = { participant.Identity },
                RpcRequest = new RpcRequest { Id = id, Method = request.Method, Payload = request.Payload, ResponseTimeoutMs = (uint)timeout.TotalMilliseconds, Version = 1 },
            });
            return (Room: room, Answer: pending);
        });
        try
        {
            var response = await answer.Answer.WaitAsync(timeout, environment.Time, cancellationToken);
            return response.ValueCase == RpcResponse.ValueOneofCase.Error
                ? throw new TwirpException(TwirpCode.FailedPrecondition, response.Error.Message)
                : new PerformRpcResponse { Payload = response.Payload };
        }
        catch (TimeoutException)
        {
            answer.Room.Loop.Post(() => answer.Room.Data.Rpcs.Forget(id));
            throw new TwirpException(TwirpCode.DeadlineExceeded, $"no answer within {timeout.TotalSeconds:0.#} s");
        }
    }
}
