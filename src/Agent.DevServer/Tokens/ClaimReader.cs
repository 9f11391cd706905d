using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.DevServer.Tokens;

/// <summary>Reads the claims of an access token. A claim of the wrong type counts as missing, but for the room configuration, which must be readable.</summary>
internal static class ClaimReader
{
    private static readonly JsonParser RoomConfigurationParser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static bool TryRead(JsonElement claims, string apiKey, [NotNullWhen(true)] out AccessToken? token)
    {
        token = null;
        RoomConfiguration? roomConfiguration = null;
        if (claims.TryGetProperty("roomConfig", out var json) && json.ValueKind == JsonValueKind.Object)
        {
            try
            {
                roomConfiguration = RoomConfigurationParser.Parse<RoomConfiguration>(json.GetRawText());
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or FormatException)
            {
                return false;
            }
        }

        token = new AccessToken
        {
            ApiKey = apiKey,
            Identity = Text(claims, "sub"),
            Name = Text(claims, "name"),
            Kind = Text(claims, "kind"),
            Metadata = Text(claims, "metadata"),
            Attributes = TextMap(claims, "attributes"),
            Video = claims.TryGetProperty("video", out var video) && video.ValueKind == JsonValueKind.Object ? ReadVideo(video) : null,
            RoomConfiguration = roomConfiguration,
            ExpiresAt = Time(claims, "exp") ?? DateTimeOffset.MaxValue,
        };
        return true;
    }

    public static string Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    public static DateTimeOffset? Time(JsonElement owner, string name)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds))
            return null;
        // The range that DateTimeOffset can hold; a time outside it is as good as for ever.
        return seconds is >= 0 and < 253_402_300_799 ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;
    }

    private static VideoGrants ReadVideo(JsonElement video) => new()
    {
        RoomCreate = Flag(video, "roomCreate") ?? false,
        RoomList = Flag(video, "roomList") ?? false,
        RoomAdmin = Flag(video, "roomAdmin") ?? false,
        RoomJoin = Flag(video, "roomJoin") ?? false,
        Room = Text(video, "room"),
        CanPublish = Flag(video, "canPublish"),
        CanSubscribe = Flag(video, "canSubscribe"),
        CanPublishData = Flag(video, "canPublishData"),
        CanUpdateOwnMetadata = Flag(video, "canUpdateOwnMetadata"),
        CanSubscribeMetrics = Flag(video, "canSubscribeMetrics"),
        CanPublishSources = TextList(video, "canPublishSources"),
        Hidden = Flag(video, "hidden") ?? false,
        Recorder = Flag(video, "recorder") ?? false,
        Agent = Flag(video, "agent") ?? false,
    };

    private static bool? Flag(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static List<string> TextList(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private static Dictionary<string, string> TextMap(JsonElement owner, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Object)
            return map;
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
                map[property.Name] = property.Value.GetString()!;
        }

        return map;
    }
}
