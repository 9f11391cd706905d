using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>A function that the model may call. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeFunctionTool</c>).</summary>
internal sealed record RealtimeFunctionTool(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("parameters")] JsonElement Parameters)
{
    [JsonPropertyName("type")]
    public string Type { get; } = "function";
}
