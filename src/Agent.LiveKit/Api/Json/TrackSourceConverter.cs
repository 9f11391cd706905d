using System.Text.Json;
using System.Text.Json.Serialization;
using Agent.Protocol;

namespace Agent.LiveKit.Api.Json;

/// <summary>A track's source by name; a name that we do not know reads as unknown, as the server does.</summary>
internal sealed class TrackSourceConverter : JsonConverter<TrackSource>
{
    public override TrackSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && WireNames<TrackSource>.TryParse(reader.GetString(), out var source) ? source : TrackSource.Unknown;

    public override void Write(Utf8JsonWriter writer, TrackSource value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireNames<TrackSource>.Of(value));
}
