using System.Text.Json;
using System.Text.Json.Serialization;
using Agent.Protocol;

namespace Agent.LiveKit.Api.Json;

/// <summary>A participant's kind by name; a name that we do not know reads as standard, as the server does.</summary>
internal sealed class ParticipantKindConverter : JsonConverter<ParticipantInfo.Types.Kind>
{
    public override ParticipantInfo.Types.Kind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && WireNames<ParticipantInfo.Types.Kind>.TryParse(reader.GetString(), out var kind)
            ? kind
            : ParticipantInfo.Types.Kind.Standard;

    public override void Write(Utf8JsonWriter writer, ParticipantInfo.Types.Kind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireNames<ParticipantInfo.Types.Kind>.Of(value));
}
