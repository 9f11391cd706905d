using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>The session has begun. Source: assemblyai.com/docs/api-reference/streaming-api/universal-streaming, receiveSessionBegins (usm-streaming.yml 1.0.0, 2026-03).</summary>
internal sealed record BeginMessage : ServerMessage
{
    /// <summary>The session's name, for the vendor's support.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>When the service ends the session, seconds since 1970.</summary>
    [JsonPropertyName("expires_at")]
    public required long ExpiresAt { get; init; }
}
