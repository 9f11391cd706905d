using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>The messages' JSON. What the client sends has names in camel case; what the service tells has them in Pascal case, but for <c>response</c>.</summary>
[JsonSerializable(typeof(SpeechConfig))]
[JsonSerializable(typeof(SpeechContext))]
[JsonSerializable(typeof(SynthesisContext))]
[JsonSerializable(typeof(SynthesisControl))]
[JsonSerializable(typeof(SynthesisResponse))]
[JsonSerializable(typeof(SpeechHypothesis))]
[JsonSerializable(typeof(SpeechPhrase))]
[JsonSerializable(typeof(AudioMetadata))]
internal sealed partial class AzureSpeechJson : JsonSerializerContext
{
    /// <summary>What the client sends, and <c>response</c>.</summary>
    public static AzureSpeechJson Camel { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>What the service tells.</summary>
    public static AzureSpeechJson Pascal { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
