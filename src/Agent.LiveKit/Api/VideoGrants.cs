using System.Text.Json.Serialization;
using Agent.Protocol;

namespace Agent.LiveKit.Api;

/// <summary>What the holder of a token may do with rooms: the claim <c>video</c> of a LiveKit token.</summary>
public sealed record VideoGrants
{
    /// <summary>May create and delete rooms.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RoomCreate { get; init; }

    /// <summary>May list all rooms.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RoomList { get; init; }

    /// <summary>May start a recording.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RoomRecord { get; init; }

    /// <summary>May manage the room named by <see cref="Room"/>, dispatches included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RoomAdmin { get; init; }

    /// <summary>May join the room named by <see cref="Room"/>; the token then needs an identity.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RoomJoin { get; init; }

    /// <summary>The room's name; needed by <see cref="RoomJoin"/> and <see cref="RoomAdmin"/>.</summary>
    public string? Room { get; init; }

    /// <summary>The room into which participants may be forwarded or moved.</summary>
    public string? DestinationRoom { get; init; }

    /// <summary>May publish tracks. Default: allowed.</summary>
    public bool? CanPublish { get; init; }

    /// <summary>May subscribe to the tracks of others. Default: allowed.</summary>
    public bool? CanSubscribe { get; init; }

    /// <summary>May publish data. Default: as <see cref="CanPublish"/>.</summary>
    public bool? CanPublishData { get; init; }

    /// <summary>The only sources that may be published, where set. Default: every source.</summary>
    public IReadOnlyList<TrackSource>? CanPublishSources { get; init; }

    /// <summary>May change its own name, metadata and attributes. Default: not allowed.</summary>
    public bool? CanUpdateOwnMetadata { get; init; }

    /// <summary>May subscribe to metrics. Default: not allowed.</summary>
    public bool? CanSubscribeMetrics { get; init; }

    /// <summary>May manage an agent's session from outside. Default: not allowed.</summary>
    public bool? CanManageAgentSession { get; init; }

    /// <summary>May manage ingresses, of every room.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IngressAdmin { get; init; }

    /// <summary>Invisible to the other participants.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Hidden { get; init; }

    /// <summary>Is a recorder: its presence shows the room as being recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Recorder { get; init; }

    /// <summary>May register as an agent worker.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Agent { get; init; }
}
