using System.Text.Json;

namespace Agent.Providers.Vendors;

/// <summary>
/// Reads the texts of messages by hand. A text with half a character (an unpaired surrogate, <c>"\ud83d"</c>) is no other error than anything else that cannot be
/// read: by themselves the reader and the element throw another exception for it, which nobody expects of a message.
/// </summary>
internal static class JsonText
{
    /// <summary>Whether the text that a reader stands on is another.</summary>
    /// <exception cref="JsonException">It is no text.</exception>
    public static bool Is(ref Utf8JsonReader reader, string? other)
    {
        try
        {
            return reader.ValueTextEquals(other);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("The value is no text.", e);
        }
    }

    /// <summary>The text that a reader stands on.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static string Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? throw new JsonException("The value is null.");
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("The value is no text.", e);
        }
    }

    /// <summary>The text of a value; null where it is another value.</summary>
    /// <exception cref="JsonException">It is no text.</exception>
    public static string? Of(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } text)
            return null;
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("The value is no text.", e);
        }
    }
}
