using System.Text.Json;
using System.Text.Json.Serialization;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.LiveKit.Api.Json;

/// <summary>A room configuration in protobuf's JSON form; fields that we do not know are skipped.</summary>
internal sealed class RoomConfigurationConverter : JsonConverter<RoomConfiguration>
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public override RoomConfiguration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return Parser.Parse<RoomConfiguration>(document.RootElement.GetRawText());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new JsonException("roomConfig is not a room configuration.", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, RoomConfiguration value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonFormatter.Default.Format(value));
}
