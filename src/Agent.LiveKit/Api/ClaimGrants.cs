using System.Text.Json.Serialization;
using Agent.LiveKit.Api.Json;
using Agent.Protocol;

namespace Agent.LiveKit.Api;

/// <summary>The claims of a LiveKit token, under the names that LiveKit's own server SDKs use.</summary>
public sealed record ClaimGrants
{
    /// <summary>The API key whose secret signed the token.</summary>
    [JsonPropertyName("iss")]
    public string? Issuer { get; init; }

    /// <summary>Who the holder is in the room; needed to join.</summary>
    [JsonPropertyName("sub")]
    public string? Identity { get; init; }

    /// <summary>The token's own id; LiveKit's older tokens carry the identity here.</summary>
    [JsonPropertyName("jti")]
    public string? Id { get; init; }

    /// <summary>When the token was made, to the second.</summary>
    [JsonPropertyName("iat")]
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>From when on the token is valid, to the second.</summary>
    [JsonPropertyName("nbf")]
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when the token is valid, to the second.</summary>
    [JsonPropertyName("exp")]
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The participant's name for display.</summary>
    public string? Name { get; init; }

    /// <summary>What kind of participant joins. Default: standard.</summary>
    public ParticipantInfo.Types.Kind? Kind { get; init; }

    /// <summary>Details of the kind, as LiveKit spells them.</summary>
    public IReadOnlyList<string>? KindDetails { get; init; }

    /// <summary>What the holder may do with rooms.</summary>
    public VideoGrants? Video { get; init; }

    /// <summary>What the holder may do with telephony.</summary>
    public SipGrants? Sip { get; init; }

    /// <summary>What the holder may do with hosted models.</summary>
    public InferenceGrants? Inference { get; init; }

    /// <summary>What the holder may do with telemetry.</summary>
    public ObservabilityGrants? Observability { get; init; }

    /// <summary>How the room is made if this participant is the one who opens it; ignored for a room that exists.</summary>
    public RoomConfiguration? RoomConfig { get; init; }

    /// <summary>The name of a stored room configuration.</summary>
    public string? RoomPreset { get; init; }

    /// <summary>The SHA-256 of the body that the token comes with, in base64: how webhooks are signed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The participant's metadata.</summary>
    public string? Metadata { get; init; }

    /// <summary>The participant's attributes.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
