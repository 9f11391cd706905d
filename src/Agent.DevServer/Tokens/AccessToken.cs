using Agent.Protocol;

namespace Agent.DevServer.Tokens;

/// <summary>What a verified access token says.</summary>
internal sealed record AccessToken
{
    public required string ApiKey { get; init; }

    public string Identity { get; init; } = "";

    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Metadata { get; init; } = "";

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The <c>video</c> claim; null when the token has none.</summary>
    public VideoGrants? Video { get; init; }

    public RoomConfiguration? RoomConfiguration { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>The permissions that a participant with this token starts with. What the token leaves out is allowed, but for changing one's own metadata.</summary>
    public ParticipantPermission ToPermission()
    {
        var video = Video ?? new VideoGrants();
        var permission = new ParticipantPermission
        {
            CanPublish = video.CanPublish ?? true,
            CanSubscribe = video.CanSubscribe ?? true,
            CanPublishData = video.CanPublishData ?? video.CanPublish ?? true,
            CanUpdateMetadata = video.CanUpdateOwnMetadata ?? false,
            CanSubscribeMetrics = video.CanSubscribeMetrics ?? false,
            Hidden = video.Hidden,
        };
        permission.Recorder = video.Recorder;
        permission.Agent = video.Agent;
        foreach (var source in video.CanPublishSources)
        {
            if (TrackSources.TryParse(source, out var parsed))
                permission.CanPublishSources.Add(parsed);
        }

        return permission;
    }

    public ParticipantInfo.Types.Kind ToKind() => Kind switch
    {
        "agent" => ParticipantInfo.Types.Kind.Agent,
        "ingress" => ParticipantInfo.Types.Kind.Ingress,
        "egress" => ParticipantInfo.Types.Kind.Egress,
        "sip" => ParticipantInfo.Types.Kind.Sip,
        "connector" => ParticipantInfo.Types.Kind.Connector,
        "bridge" => ParticipantInfo.Types.Kind.Bridge,
        _ => ParticipantInfo.Types.Kind.Standard,
    };
}
