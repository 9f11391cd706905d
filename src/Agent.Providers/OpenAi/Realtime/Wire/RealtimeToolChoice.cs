using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>A word (<c>auto</c>, <c>none</c>, <c>required</c>), or an object that names one function. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>ToolChoiceOptions</c>, <c>ToolChoiceFunction</c>).</summary>
/// <param name="Mode">The word.</param>
/// <param name="Function">The function; null where the word says it.</param>
[JsonConverter(typeof(RealtimeToolChoiceConverter))]
internal sealed record RealtimeToolChoice(string Mode, string? Function = null);
