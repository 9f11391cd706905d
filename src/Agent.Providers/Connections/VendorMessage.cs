namespace Agent.Providers.Connections;

/// <summary>One message of a vendor.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Its bytes, valid until the next is received; empty when closed.</param>
internal readonly record struct VendorMessage(VendorMessageKind Kind, ReadOnlyMemory<byte> Payload);
