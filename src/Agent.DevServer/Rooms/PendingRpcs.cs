using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>Remote procedure calls that the server API made and no participant has answered yet.</summary>
internal sealed class PendingRpcs
{
    private readonly Dictionary<string, TaskCompletionSource<RpcResponse>> _calls = new(StringComparer.Ordinal);

    public Task<RpcResponse> Add(string id)
    {
        var call = new TaskCompletionSource<RpcResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(id, call);
        return call.Task;
    }

    public void Forget(string id) => _calls.Remove(id);

    /// <summary>Takes an answer or acknowledgement that belongs to a call of the server.</summary>
    /// <returns>Whether it did, and so must not be passed on.</returns>
    public bool TryComplete(DataPacket packet)
    {
        switch (packet.ValueCase)
        {
            case DataPacket.ValueOneofCase.RpcAck:
                return _calls.ContainsKey(packet.RpcAck.RequestId);
            case DataPacket.ValueOneofCase.RpcResponse when _calls.Remove(packet.RpcResponse.RequestId, out var call):
                call.TrySetResult(packet.RpcResponse);
                return true;
            default:
                return false;
        }
    }
}
