using Agent.Protocol;

namespace Agent.DevServer.Rooms;

internal static partial class RoomLog
{
    [LoggerMessage(1001, LogLevel.Error, "Work in a room failed; the room goes on")]
    public static partial void WorkFailed(ILogger logger, Exception exception);

    [LoggerMessage(1002, LogLevel.Information, "Room {Room} ({Sid}) created")]
    public static partial void Created(ILogger logger, string room, string sid);

    [LoggerMessage(1003, LogLevel.Information, "Room {Room} ({Sid}) closed: {Reason}")]
    public static partial void Closed(ILogger logger, string room, string sid, DisconnectReason reason);

    [LoggerMessage(1004, LogLevel.Information, "{Identity} ({Sid}, {Kind}) joined room {Room} with {Sdk} {SdkVersion}, protocol {Protocol}")]
    public static partial void Joined(ILogger logger, string identity, string sid, ParticipantInfo.Types.Kind kind, string room, ClientInfo.Types.SDK sdk, string sdkVersion, int protocol);

    [LoggerMessage(1005, LogLevel.Information, "{Identity} ({Sid}) is connected in room {Room}")]
    public static partial void Active(ILogger logger, string identity, string sid, string room);

    [LoggerMessage(1006, LogLevel.Information, "{Identity} ({Sid}) left room {Room}: {Reason}")]
    public static partial void Left(ILogger logger, string identity, string sid, string room, DisconnectReason reason);

    [LoggerMessage(1007, LogLevel.Information, "{Identity} ({Sid}) resumed in room {Room}")]
    public static partial void Resumed(ILogger logger, string identity, string sid, string room);

    [LoggerMessage(1008, LogLevel.Information, "{Identity} ({Sid}) lost its signalling in room {Room}; it may resume for {Seconds} s")]
    public static partial void SignalLost(ILogger logger, string identity, string sid, string room, double seconds);

    [LoggerMessage(1009, LogLevel.Information, "{Identity} publishes {Track} ({Type}, {Source}) in room {Room}")]
    public static partial void Published(ILogger logger, string identity, string track, TrackType type, TrackSource source, string room);

    [LoggerMessage(1010, LogLevel.Information, "{Identity} unpublished {Track} in room {Room}")]
    public static partial void Unpublished(ILogger logger, string identity, string track, string room);

    [LoggerMessage(1011, LogLevel.Debug, "{Subscriber} hears {Track} of {Publisher} in room {Room}")]
    public static partial void Subscribed(ILogger logger, string subscriber, string track, string publisher, string room);

    [LoggerMessage(1012, LogLevel.Warning, "{Identity} sent a description for {Target} that cannot be used in room {Room}: {Reason}")]
    public static partial void BadDescription(ILogger logger, string identity, SignalTarget target, string room, string reason);

    [LoggerMessage(1013, LogLevel.Information, "{Identity} in room {Room}: {Request} refused, {Reason}")]
    public static partial void RequestRefused(ILogger logger, string identity, string room, string request, string reason);

    [LoggerMessage(1014, LogLevel.Debug, "{Identity} in room {Room}: {Target} is {State}")]
    public static partial void PeerState(ILogger logger, string identity, string room, SignalTarget target, Agent.WebRtc.PeerConnectionState state);

    [LoggerMessage(1015, LogLevel.Warning, "{Identity} in room {Room} sends media that was not announced: {Mid} {Track}")]
    public static partial void UnannouncedTrack(ILogger logger, string identity, string room, string mid, string track);

    [LoggerMessage(1016, LogLevel.Debug, "A data packet for {Identity} in room {Room} is dropped: its channel is closed or full")]
    public static partial void DataDropped(ILogger logger, string identity, string room);

    [LoggerMessage(1017, LogLevel.Debug, "{Subscriber} no longer hears {Track} in room {Room}")]
    public static partial void Unsubscribed(ILogger logger, string subscriber, string track, string room);
}
