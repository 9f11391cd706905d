using Agent.DevServer.Rooms;

namespace Agent.DevServer.Tokens;

/// <summary>Mints the token with which a participant that is in a room may come back to it.</summary>
internal static class ParticipantToken
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static string Mint(TokenCodec tokens, string room, RoomParticipant participant) => tokens.Mint(participant.ApiKey, participant.Identity, Lifetime, json =>
    {
        var permission = participant.Permission;
        json.WriteString("name", participant.Name);
        json.WriteString("metadata", participant.Metadata);
        json.WriteString("kind", participant.Kind.ToString().ToLowerInvariant());
        json.WriteStartObject("attributes");
        foreach (var (name, value) in participant.Attributes)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("video");
        json.WriteString("room", room);
        json.WriteBoolean("roomJoin", value: true);
        json.WriteBoolean("canPublish", permission.CanPublish);
        json.WriteBoolean("canSubscribe", permission.CanSubscribe);
        json.WriteBoolean("canPublishData", permission.CanPublishData);
        json.WriteBoolean("canUpdateOwnMetadata", permission.CanUpdateMetadata);
        json.WriteBoolean("hidden", permission.Hidden);
        json.WriteBoolean("agent", participant.IsAgent);
        json.WriteStartArray("canPublishSources");
        foreach (var source in permission.CanPublishSources)
            json.WriteStringValue(TrackSources.Format(source));
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
