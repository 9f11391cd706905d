using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Http;
using Agent.Providers.OpenAi.Wire;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>Reads events of the Realtime API, and says what goes wrong with them without repeating what they hold.</summary>
internal static class RealtimeErrors
{
    /// <summary>The event's type.</summary>
    /// <exception cref="ProviderException">The message is no event.</exception>
    public static string TypeOf(string provider, VendorSocket socket, VendorMessage message)
    {
        if (message.Kind != VendorMessageKind.Text)
            throw VendorErrors.Garbled(provider, "a binary message, where its protocol has text only", socket.RequestId);
        try
        {
            return OpenAiVendor.EventTypes.Of(message.Payload.Span) is { Length: > 0 } type ? type : throw VendorErrors.Garbled(provider, "an event without a type", socket.RequestId);
        }
        catch (JsonException)
        {
            throw VendorErrors.Garbled(provider, "an event that is no JSON", socket.RequestId);
        }
    }

    /// <summary>The event itself.</summary>
    /// <exception cref="ProviderException">A field is missing or of another type.</exception>
    public static T Read<T>(string provider, VendorSocket socket, VendorMessage message, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(message.Payload.Span, type) ?? throw VendorErrors.Garbled(provider, "an empty event", socket.RequestId);
        }
        catch (JsonException)
        {
            throw VendorErrors.Garbled(provider, $"an event whose fields are not those of a {typeof(T).Name}", socket.RequestId);
        }
    }

    /// <summary>The connection was closed by the vendor while something was owed.</summary>
    public static ProviderException Closed(string provider, VendorSocket socket) =>
        new(provider, ProviderErrorKind.Connection, $"{provider} has closed the connection (WebSocket {socket.CloseCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "without a code"}).", isTransient: true)
        {
            RequestId = socket.RequestId,
        };

    /// <summary>An error that the vendor tells of.</summary>
    public static ProviderException Reported(string provider, VendorSocket socket, RealtimeErrorDetails error) =>
        OpenAiErrors.Reported(provider, error.Type, error.Code, socket.RequestId);
}
