using System.Text.Json;
using Agent.Providers.Connections;
using Agent.Providers.Deepgram.Wire;
using Agent.Providers.Vendors;

namespace Agent.Providers.Deepgram;

/// <summary>Opens Deepgram's WebSockets: <c>Authorization: Token KEY</c>, <c>dg-request-id</c>, and <c>dg-error</c> where it refuses (developers.deepgram.com/docs/authentication, 2025-07-03).</summary>
internal static class DeepgramConnection
{
    // The vendor greets at once; a connection on which it does not is used all the same.
    private static readonly TimeSpan s_greeting = TimeSpan.FromMilliseconds(250);

    /// <summary>Opens a connection.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">The vendor cannot be reached or refuses.</exception>
    public static Task<VendorSocket> OpenAsync(string provider, string path, string query, DeepgramOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        VendorSocket.ConnectAsync(
            new VendorSocketRequest
            {
                Provider = provider,
                Address = VendorAddress.Socket(options.BaseUrl ?? DeepgramVendor.PublicAddress, path, query),
                Headers = [KeyValuePair.Create("Authorization", $"Token {options.ApiKey}")],
                RequestIdHeader = "dg-request-id",
                ErrorCodeHeader = "dg-error",
                Time = time,
            },
            cancellationToken);

    /// <summary>Opens a connection on which the vendor speaks first, and hears it out: a connection that lies unused has nothing more to say.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">The vendor cannot be reached or refuses.</exception>
    public static async Task<VendorSocket> OpenGreetedAsync(string provider, string path, string query, DeepgramOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = await OpenAsync(provider, path, query, options, time, cancellationToken);
        try
        {
            await ReadGreetingAsync(provider, socket, time, cancellationToken);
            return socket;
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    private static async Task ReadGreetingAsync(string provider, VendorSocket socket, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_greeting, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // Begun without a token, so that giving up does not end the connection.
            socket.StaysQuiet();
            var greeting = await socket.ReceiveAsync(either.Token);
            if (greeting.Kind == VendorMessageKind.Closed)
                throw DeepgramErrors.Closed(provider, socket);
            if (greeting.Kind == VendorMessageKind.Binary)
                throw DeepgramErrors.Garbled(provider, socket.RequestId);
            Read(provider, greeting.Payload.Span, socket);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It may greet later, or not at all.
        }
        catch (JsonException)
        {
            throw DeepgramErrors.Garbled(provider, socket.RequestId);
        }
    }

    private static void Read(string provider, ReadOnlySpan<byte> utf8, VendorSocket socket)
    {
        switch (DeepgramVendor.MessageTypes.Of(utf8))
        {
            case "Connected" or "Metadata":
                socket.RequestId = JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerMetadata)!.RequestId ?? socket.RequestId;
                break;
            case "Error":
                throw DeepgramErrors.Fatal(provider, JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerFault)!.Code, socket.RequestId);
        }
    }
}
