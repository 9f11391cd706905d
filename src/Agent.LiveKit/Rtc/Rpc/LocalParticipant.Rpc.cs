using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <content>The methods that we call and offer.</content>
public sealed partial class LocalParticipant
{
    /// <summary>Calls a method of another participant.</summary>
    /// <param name="destinationIdentity">Whose method.</param>
    /// <param name="method">The method's name, at most 64 bytes.</param>
    /// <param name="payload">What is sent; 15 KiB fit everywhere.</param>
    /// <param name="responseTimeout">How long the answer may take, from 1 s to 1 h; default 15 s.</param>
    /// <param name="cancellationToken">Ends the wait, not the call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="RpcException">The call failed here, on the way, or there.</exception>
    /// <exception cref="RoomException">The room is gone.</exception>
    public async Task<string> PerformRpcAsync(
        string destinationIdentity, string method, string payload, TimeSpan? responseTimeout = null, CancellationToken cancellationToken = default)
    {
        var timeout = responseTimeout ?? TimeSpan.FromSeconds(15);
        Guard.RequiredText(destinationIdentity);
        Guard.RequiredText(method);
        Guard.InRange(System.Text.Encoding.UTF8.GetByteCount(method), 1, 64, nameof(method));
        Guard.Text(payload);
        Guard.InRange(timeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(responseTimeout));
        var answer = (await Room.CallAsync(
            Handle,
            id => new FfiRequest
            {
                PerformRpc = new PerformRpcRequest
                {
                    LocalParticipantHandle = Handle.Id,
                    DestinationIdentity = destinationIdentity,
                    Method = method,
                    Payload = payload,
                    ResponseTimeoutMs = (uint)timeout.TotalMilliseconds,
                    RequestAsyncId = id,
                },
            },
            cancellationToken)).PerformRpc;
        if (answer.Error is { } error)
            throw new RpcException((int)Math.Min(error.Code, int.MaxValue), error.Message, error.HasData ? error.Data : null);
        return answer.Payload;
    }

    /// <summary>Offers a method to the others; replaces the one of the same name.</summary>
    /// <param name="method">The method's name, at most 64 bytes.</param>
    /// <param name="handler">Answers the calls; several may run at a time.</param>
    /// <exception cref="RoomException">The room is gone.</exception>
    public void RegisterRpcMethod(string method, RpcMethodHandler handler)
    {
        Guard.RequiredText(method);
        Guard.InRange(System.Text.Encoding.UTF8.GetByteCount(method), 1, 64, nameof(method));
        ArgumentNullException.ThrowIfNull(handler);
        Room.SetRpcMethod(method, handler);
        Room.Request(Handle, id => new FfiRequest { RegisterRpcMethod = new RegisterRpcMethodRequest { LocalParticipantHandle = id, Method = method } });
    }

    /// <summary>Withdraws a method.</summary>
    public void UnregisterRpcMethod(string method)
    {
        Guard.RequiredText(method);
        Room.SetRpcMethod(method, handler: null);
        if (!Room.IsClosed)
            Room.Request(Handle, id => new FfiRequest { UnregisterRpcMethod = new UnregisterRpcMethodRequest { LocalParticipantHandle = id, Method = method } });
    }
}
