using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>Something that the service does not like, and goes on. Source: npm assemblyai 4.41.5, type WarningEvent.</summary>
internal sealed record WarningMessage : ServerMessage
{
    /// <summary>What it is about.</summary>
    [JsonPropertyName("warning_code")]
    public int WarningCode { get; init; }
}
