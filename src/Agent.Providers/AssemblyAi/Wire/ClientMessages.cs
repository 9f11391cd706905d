namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>Messages to the service that never vary. Source: usm-streaming.yml 1.0.0 (2026-03), sendForceEndpoint and sendSessionTermination.</summary>
internal static class ClientMessages
{
    /// <summary>Ends the current turn at once.</summary>
    public static readonly ReadOnlyMemory<byte> ForceEndpoint = """{"type":"ForceEndpoint"}"""u8.ToArray();

    /// <summary>Ends the session; the service answers with what it still has and a <see cref="TerminationMessage"/>.</summary>
    public static readonly ReadOnlyMemory<byte> Terminate = """{"type":"Terminate"}"""u8.ToArray();
}
