namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>Messages to the service that never vary. Source: as for <see cref="ContextMessage"/>, CloseSocketClient.</summary>
internal static class ClientMessages
{
    /// <summary>Ends all contexts and the connection.</summary>
    public static readonly ReadOnlyMemory<byte> CloseSocket = """{"close_socket":true}"""u8.ToArray();
}
