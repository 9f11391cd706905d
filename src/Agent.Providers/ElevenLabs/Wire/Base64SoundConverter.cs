using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>Decodes sound straight into a buffer from the pool.</summary>
internal sealed class Base64SoundConverter : JsonConverter<Base64Sound>
{
    public override bool HandleNull => true;

    public override Base64Sound Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("The sound is no text.");
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        if (length == 0)
            return default;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var copied = reader.CopyString(buffer);
        if (Base64.DecodeFromUtf8InPlace(buffer.AsSpan(0, copied), out var written) == OperationStatus.Done)
            return new Base64Sound(buffer, written);
        ArrayPool<byte>.Shared.Return(buffer);
        throw new JsonException("The sound is no base64.");
    }

    public override void Write(Utf8JsonWriter writer, Base64Sound value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.AsSpan());
}
