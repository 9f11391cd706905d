using System.Text.Json;

namespace Agent.Providers.Vendors;

/// <summary>Finds out what a message is before it is read: vendors put <c>type</c> anywhere in the object.</summary>
/// <param name="frequent">Types that come so often that no new string is made for each.</param>
internal sealed class MessageTypes(params string[] frequent)
{
    /// <summary>The message's <c>type</c>; empty where it has none.</summary>
    /// <exception cref="JsonException">The message is no JSON object.</exception>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An object was expected.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = JsonText.Is(ref reader, "type");
            reader.Read();
            if (isType)
                return reader.TokenType == JsonTokenType.String ? Known(ref reader) ?? JsonText.Of(ref reader) : "";
            reader.Skip();
        }

        return "";
    }

    private string? Known(ref Utf8JsonReader reader)
    {
        foreach (var type in frequent)
        {
            if (JsonText.Is(ref reader, type))
                return type;
        }

        return null;
    }
}
