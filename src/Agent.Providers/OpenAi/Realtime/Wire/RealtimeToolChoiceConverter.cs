using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>Writes a <see cref="RealtimeToolChoice"/>; it is never read.</summary>
internal sealed class RealtimeToolChoiceConverter : JsonConverter<RealtimeToolChoice>
{
    public override RealtimeToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The choice of tools is only sent.");

    public override void Write(Utf8JsonWriter writer, RealtimeToolChoice value, JsonSerializerOptions options)
    {
        if (value.Function is not { } function)
        {
            writer.WriteStringValue(value.Mode);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        writer.WriteString("name"u8, function);
        writer.WriteEndObject();
    }
}
