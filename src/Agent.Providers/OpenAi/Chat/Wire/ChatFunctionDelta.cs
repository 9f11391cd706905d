using System.Text.Json;

namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>A piece of a call's function (platform.openai.com/docs/api-reference/chat-streaming).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">A piece of the JSON as text; some compatible servers send the object itself.</param>
internal sealed record ChatFunctionDelta(string? Name, JsonElement? Arguments);
