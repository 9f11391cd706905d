using System.Text.Json;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>Tells what kind of event a message of the Realtime API is, without reading the whole of it where that can be avoided.</summary>
internal static class RealtimeEventType
{
    /// <summary>The value of <c>type</c> at the top of the object; null where there is none.</summary>
    /// <exception cref="JsonException">The message is not JSON.</exception>
    public static string? Of(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }
}
