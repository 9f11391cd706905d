using Agent.DevServer.Tokens;
using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>What a client asks for when it connects.</summary>
internal sealed record JoinParameters
{
    public required AccessToken Token { get; init; }

    public required ClientInfo Client { get; init; }

    public bool AutoSubscribe { get; init; } = true;

    /// <summary>Whether the client lost its signalling and wants to go on with its media as it is.</summary>
    public bool Reconnect { get; init; }

    public string ParticipantSid { get; init; } = "";

    public string? Metadata { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
