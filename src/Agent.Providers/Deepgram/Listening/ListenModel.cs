using System.Text.Json;
using Agent.Providers.Connections;
using Agent.Providers.Deepgram.Wire;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>What distinguishes one recogniser from another.</summary>
internal sealed record ListenModel
{
    /// <summary>The name as configured.</summary>
    public required string Provider { get; init; }

    /// <summary>The path of the endpoint.</summary>
    public required string Path { get; init; }

    /// <summary>The query of the endpoint.</summary>
    public required string Query { get; init; }

    /// <summary>How many samples one message has.</summary>
    public required int ChunkSamples { get; init; }

    /// <summary>Whether the recogniser decides when a turn ends.</summary>
    public required bool EndOfTurn { get; init; }

    /// <summary>Whether the vendor greets with a message, before which a connection is not ready.</summary>
    public required bool Greets { get; init; }

    /// <summary>How long a connection may be open before its first audio.</summary>
    public required TimeSpan MaxUnusedAge { get; init; }

    /// <summary>Makes the reader of one stream.</summary>
    public required Func<IListenProtocol> CreateProtocol { get; init; }

    /// <summary>Opens a connection that is ready for audio.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">The vendor cannot be reached or refuses.</exception>
    public async ValueTask<VendorSocket> ConnectAsync(DeepgramOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = await DeepgramConnection.OpenAsync(Provider, Path, Query, options, time, cancellationToken);
        if (!Greets)
            return socket;
        try
        {
            await ReadGreetingAsync(socket, cancellationToken);
            return socket;
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    private async Task ReadGreetingAsync(VendorSocket socket, CancellationToken cancellationToken)
    {
        var message = await socket.ReceiveAsync(cancellationToken);
        if (message.Kind == VendorMessageKind.Closed)
            throw DeepgramErrors.Closed(Provider, socket);
        try
        {
            var type = message.Kind == VendorMessageKind.Text ? WireType.Of(message.Payload.Span) : "";
            if (type is "Error")
                throw DeepgramErrors.Fatal(Provider, JsonSerializer.Deserialize(message.Payload.Span, DeepgramJson.Default.ServerFault)!.Code, socket.RequestId);
            if (type is not "Connected")
                throw DeepgramErrors.Garbled(Provider, socket.RequestId);
            socket.RequestId = JsonSerializer.Deserialize(message.Payload.Span, DeepgramJson.Default.ServerMetadata)!.RequestId ?? socket.RequestId;
        }
        catch (JsonException)
        {
            throw DeepgramErrors.Garbled(Provider, socket.RequestId);
        }
    }
}
