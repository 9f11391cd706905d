using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>The body of an answer that is no success. Source: https://developers.openai.com/api/docs/guides/error-codes (openai 7.57.0, <c>APIError</c>).</summary>
internal sealed record ApiErrorResponse([property: JsonPropertyName("error")] ApiErrorDetails? Error);
