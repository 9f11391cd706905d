using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// What went wrong; its message is left out, because it may repeat what was sent.
/// Source: https://developers.openai.com/api/docs/guides/error-codes (openai 7.57.0, <c>APIError</c>).
/// </summary>
internal sealed record ApiErrorDetails
{
    /// <summary>For instance <c>invalid_request_error</c> or <c>insufficient_quota</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>For instance <c>invalid_api_key</c> or <c>rate_limit_exceeded</c>.</summary>
    [JsonPropertyName("code")]
    public string? Code { get; init; }
}
