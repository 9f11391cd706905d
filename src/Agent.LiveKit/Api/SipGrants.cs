using System.Text.Json.Serialization;

namespace Agent.LiveKit.Api;

/// <summary>What the holder of a token may do with telephony: the claim <c>sip</c> of a LiveKit token.</summary>
public sealed record SipGrants
{
    /// <summary>May manage trunks and dispatch rules.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Admin { get; init; }

    /// <summary>May make outbound calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Call { get; init; }
}
