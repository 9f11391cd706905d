using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>The last message of a session. Source: usm-streaming.yml 1.0.0 (2026-03), receiveTermination.</summary>
internal sealed record TerminationMessage : ServerMessage
{
    /// <summary>How much audio the service heard, in seconds.</summary>
    [JsonPropertyName("audio_duration_seconds")]
    public double AudioDurationSeconds { get; init; }

    /// <summary>How long the session lasted, in seconds; this is what is billed.</summary>
    [JsonPropertyName("session_duration_seconds")]
    public double SessionDurationSeconds { get; init; }
}
