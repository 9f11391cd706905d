using System.Buffers.Text;
using System.Buffers;
using System.Text.Json;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>
/// <c>response.output_audio.delta</c>: sound of an answer in base64. Read by hand, because there are many and they are long.
/// Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>ResponseAudioDeltaEvent</c>).
/// </summary>
/// <param name="itemId">The item that was last seen, so that its name is not made anew each time.</param>
internal ref struct AudioDelta(string itemId)
{
    /// <summary>The part of the answer.</summary>
    public string ItemId { get; private set; } = itemId;

    /// <summary>Whether it is of the answer that was asked about.</summary>
    public bool IsOfResponse { get; private set; }

    /// <summary>The sound, in memory from the pool, which the reader gives back; null where there is none.</summary>
    public byte[]? Rented { get; private set; }

    /// <summary>How many bytes of <see cref="Rented"/> are sound.</summary>
    public int Count { get; private set; }

    /// <summary>Reads a message.</summary>
    /// <exception cref="JsonException">It is no such message.</exception>
    public void Read(ReadOnlySpan<byte> message, string? responseId)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref reader, "response_id"))
                IsOfResponse = Next(ref reader) && JsonText.Is(ref reader, responseId);
            else if (JsonText.Is(ref reader, "item_id"))
                ReadItem(ref reader);
            else if (JsonText.Is(ref reader, "delta"))
                Decode(ref reader);
            else
                reader.Skip();
        }
    }

    private static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String;

    private void ReadItem(ref Utf8JsonReader reader)
    {
        if (!Next(ref reader))
            throw new JsonException("item_id is no text");
        if (!JsonText.Is(ref reader, ItemId))
            ItemId = JsonText.Of(ref reader);
    }

    private void Decode(ref Utf8JsonReader reader)
    {
        if (!Next(ref reader) || Rented is not null)
            throw new JsonException("delta is no text");
        // Base64 has a plus and a slash, which some servers escape.
        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length + 1);
        var length = reader.CopyString(rented.AsSpan());

        if (Base64.DecodeFromUtf8InPlace(rented.AsSpan(0, length), out var count) != OperationStatus.Done)
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw new JsonException("delta is no base64");
        }

        (Rented, Count) = (rented, count);
    }
}
