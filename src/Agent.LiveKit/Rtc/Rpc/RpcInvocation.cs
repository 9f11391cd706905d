namespace Agent.LiveKit.Rtc;

/// <summary>Somebody calls one of our methods.</summary>
/// <param name="RequestId">The call's identifier.</param>
/// <param name="CallerIdentity">Who calls.</param>
/// <param name="Payload">What the caller sends.</param>
/// <param name="ResponseTimeout">How long the caller waits for the answer.</param>
public sealed record RpcInvocation(string RequestId, string CallerIdentity, string Payload, TimeSpan ResponseTimeout);
