namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>The client has sent what the service does not take; the connection is closed with the reason.</summary>
/// <param name="reason">What was wrong, at most 123 bytes.</param>
internal sealed class ProtocolViolationException(string reason) : Exception(reason);
