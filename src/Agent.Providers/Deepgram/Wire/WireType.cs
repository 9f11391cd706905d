using System.Text.Json;

namespace Agent.Providers.Deepgram.Wire;

/// <summary>Finds out what a message is before it is read: the vendor puts <c>type</c> anywhere in the object.</summary>
internal static class WireType
{
    /// <summary>The message's <c>type</c>; empty where it has none.</summary>
    /// <exception cref="JsonException">The message is no JSON object.</exception>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An object was expected.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
                return Known(ref reader) ?? reader.GetString()!;
            reader.Skip();
        }

        return "";
    }

    /// <summary>The frequent ones without a new string for each message.</summary>
    private static string? Known(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("Results"u8))
            return "Results";
        if (reader.ValueTextEquals("TurnInfo"u8))
            return "TurnInfo";
        return reader.ValueTextEquals("Flushed"u8) ? "Flushed" : null;
    }
}
