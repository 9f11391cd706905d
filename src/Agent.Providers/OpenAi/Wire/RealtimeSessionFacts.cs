using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// What a client has to know of a session as the server describes it. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0,
/// <c>RealtimeTranscriptionSessionCreateResponse</c>).
/// </summary>
internal sealed record RealtimeSessionFacts
{
    /// <summary>The session's name, to give to the vendor's support.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary><c>realtime</c> or <c>transcription</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>When the server ends the session, in seconds since 1970.</summary>
    [JsonPropertyName("expires_at")]
    public long? ExpiresAt { get; init; }
}
