using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>
/// Why the service closes the connection right after. Its words may repeat what was sent and go nowhere.
/// Source: assemblyai.com/docs/streaming/common-session-errors-and-closures (2026).
/// </summary>
internal sealed record ErrorMessage : ServerMessage
{
    /// <summary>The close code that follows.</summary>
    [JsonPropertyName("error_code")]
    public int? ErrorCode { get; init; }

    /// <summary>The vendor's words; for deciding only.</summary>
    [JsonPropertyName("error")]
    public string Error { get; init; } = "";
}
