namespace Agent.Providers.Deepgram.Listening;

/// <summary>One of the vendor's two ways to tell what it hears. Holds the state of one stream; called by its reading loop only, except for the constants.</summary>
internal interface IListenProtocol
{
    /// <summary>What asks for the final words.</summary>
    ReadOnlyMemory<byte> FlushMessage { get; }

    /// <summary>What keeps the connection while no audio flows; empty where the protocol needs nothing.</summary>
    ReadOnlyMemory<byte> KeepAliveMessage { get; }

    /// <summary>Reads one message and tells what is in it.</summary>
    /// <exception cref="System.Text.Json.JsonException">The message is not of the protocol.</exception>
    /// <exception cref="Pipeline.Errors.ProviderException">The message is a fatal error.</exception>
    void Read(ReadOnlySpan<byte> utf8, IListenSink sink);
}
