namespace Agent.LiveKit.Rtc;

/// <summary>Answers a remote call.</summary>
/// <param name="invocation">The call.</param>
/// <param name="cancellationToken">Cancelled when the caller no longer waits, or the room is left.</param>
/// <returns>The answer.</returns>
/// <exception cref="RpcException">Reaches the caller as it is; any other exception as <see cref="RpcErrorCode.ApplicationError"/> without its text.</exception>
public delegate Task<string> RpcMethodHandler(RpcInvocation invocation, CancellationToken cancellationToken);
