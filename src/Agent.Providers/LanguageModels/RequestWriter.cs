using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agent.Providers.LanguageModels;

/// <summary>
/// Writes the JSON of a request. <see cref="ChatOptions.AdditionalProperties"/> become properties of the request and win over what is written otherwise.
/// </summary>
internal sealed class RequestWriter : IDisposable
{
    // Nobody puts a request into a page: letters stay letters, which is shorter and quicker.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly AdditionalPropertiesDictionary? _additional;

    internal RequestWriter(ChatOptions? options)
    {
        _additional = options?.AdditionalProperties;
        Json = new Utf8JsonWriter(_buffer, s_options);
        Json.WriteStartObject();
    }

    internal Utf8JsonWriter Json { get; }

    /// <summary>Whether the caller has not set the property himself.</summary>
    internal bool Allows(string name) => _additional?.ContainsKey(name) != true;

    internal void Text(string name, string? value)
    {
        if (value is not null && Allows(name))
            Json.WriteString(name, value);
    }

    internal void Number(string name, long? value)
    {
        if (value is { } number && Allows(name))
            Json.WriteNumber(name, number);
    }

    internal void Number(string name, float? value)
    {
        if (value is { } number && Allows(name))
            Json.WriteNumber(name, number);
    }

    internal void Flag(string name, bool? value)
    {
        if (value is { } flag && Allows(name))
            Json.WriteBoolean(name, flag);
    }

    internal void Texts(string name, IList<string>? values)
    {
        if (values is not { Count: > 0 } || !Allows(name))
            return;
        Json.WriteStartArray(name);
        foreach (var value in values)
            Json.WriteStringValue(value);
        Json.WriteEndArray();
    }

    internal BinaryData Complete()
    {
        foreach (var (name, value) in _additional ?? [])
        {
            Json.WritePropertyName(name);
            if (value is JsonElement element)
                element.WriteTo(Json);
            else
                JsonSerializer.Serialize(Json, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value?.GetType() ?? typeof(object)));
        }

        Json.WriteEndObject();
        Json.Flush();
        return new BinaryData(_buffer.WrittenMemory);
    }

    public void Dispose() => Json.Dispose();
}
