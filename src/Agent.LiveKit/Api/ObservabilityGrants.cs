using System.Text.Json.Serialization;

namespace Agent.LiveKit.Api;

/// <summary>What the holder of a token may do with telemetry: the claim <c>observability</c> of a LiveKit token.</summary>
public sealed record ObservabilityGrants
{
    /// <summary>May publish telemetry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Write { get; init; }
}
