using System.Text.Json.Serialization;

namespace Agent.LiveKit.Api;

/// <summary>What the holder of a token may do with hosted models: the claim <c>inference</c> of a LiveKit token.</summary>
public sealed record InferenceGrants
{
    /// <summary>May use the models.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Perform { get; init; }
}
