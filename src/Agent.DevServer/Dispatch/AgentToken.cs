using Agent.DevServer.Tokens;
using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

/// <summary>Mints the token that an agent joins its room with: valid for an hour, for this room alone, kind agent.</summary>
internal static class AgentToken
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static string Mint(TokenCodec tokens, WorkerRegistration worker, string room, AvailabilityResponse answer)
    {
        var attributes = new Dictionary<string, string>(answer.ParticipantAttributes, StringComparer.Ordinal)
        {
            ["lk.agent_name"] = worker.AgentName,
        };
        return tokens.Mint(worker.ApiKey, answer.ParticipantIdentity, Lifetime, json =>
        {
            json.WriteString("name", answer.ParticipantName);
            json.WriteString("kind", "agent");
            json.WriteString("metadata", answer.ParticipantMetadata);
            json.WriteStartObject("attributes");
            foreach (var (name, value) in attributes)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteStartObject("video");
            json.WriteString("room", room);
            json.WriteBoolean("roomJoin", value: true);
            json.WriteBoolean("agent", value: true);
            json.WriteBoolean("canPublish", worker.Permissions.CanPublish);
            json.WriteBoolean("canSubscribe", worker.Permissions.CanSubscribe);
            json.WriteBoolean("canPublishData", worker.Permissions.CanPublishData);
            json.WriteBoolean("canUpdateOwnMetadata", worker.Permissions.CanUpdateMetadata);
            json.WriteBoolean("hidden", worker.Permissions.Hidden);
            json.WriteEndObject();
        });
    }
}
