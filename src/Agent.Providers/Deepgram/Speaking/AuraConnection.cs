using Agent.Providers.Connections;

namespace Agent.Providers.Deepgram.Speaking;

/// <summary>A connection to a voice, with what is still allowed on it.</summary>
internal sealed record AuraConnection(VendorSocket Socket, AuraAllowance Allowance);
