using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agent.LiveKit.Api.Json;

/// <summary>A NumericDate (RFC 7519 §2): seconds since 1970, which some libraries write with a fraction.</summary>
internal sealed class UnixSecondsConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly double MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var seconds) || !(Math.Abs(seconds) <= MaxSeconds))
            throw new JsonException("A date in a token must be a number of seconds since 1970.");
        return seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds));
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
            writer.WriteNumberValue(time.ToUnixTimeSeconds());
        else
            writer.WriteNullValue();
    }
}
