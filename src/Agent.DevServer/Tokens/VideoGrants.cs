namespace Agent.DevServer.Tokens;

/// <summary>The <c>video</c> claim of an access token.</summary>
internal sealed record VideoGrants
{
    public bool RoomCreate { get; init; }

    public bool RoomList { get; init; }

    public bool RoomAdmin { get; init; }

    public bool RoomJoin { get; init; }

    public string Room { get; init; } = "";

    public bool? CanPublish { get; init; }

    public bool? CanSubscribe { get; init; }

    public bool? CanPublishData { get; init; }

    public bool? CanUpdateOwnMetadata { get; init; }

    public bool? CanSubscribeMetrics { get; init; }

    public IReadOnlyList<string> CanPublishSources { get; init; } = [];

    public bool Hidden { get; init; }

    public bool Recorder { get; init; }

    public bool Agent { get; init; }
}
