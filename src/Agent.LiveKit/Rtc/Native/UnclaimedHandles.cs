using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>
/// Drops the objects that come with an event nobody takes. A participant's object holds its whole room, so one that is forgotten
/// keeps a closed room's threads and sockets.
/// </summary>
internal static class UnclaimedHandles
{
    internal static void Drop(FfiEvent message, IFfiLibrary library)
    {
        foreach (var id in Of(message))
            library.DropHandle(id);
    }

    internal static IEnumerable<ulong> Of(FfiEvent message) => message.MessageCase switch
    {
        FfiEvent.MessageOneofCase.Connect when message.Connect.Result is { } result => Of(result),
        FfiEvent.MessageOneofCase.PublishTrack when message.PublishTrack.Publication is { } publication => [publication.Handle.Id],
        FfiEvent.MessageOneofCase.TextStreamOpen when message.TextStreamOpen.Writer is { } writer => [writer.Handle.Id],
        FfiEvent.MessageOneofCase.ByteStreamOpen when message.ByteStreamOpen.Writer is { } writer => [writer.Handle.Id],
        FfiEvent.MessageOneofCase.RoomEvent => Of(message.RoomEvent),
        _ => [],
    };

    private static IEnumerable<ulong> Of(ConnectCallback.Types.Result result) =>
    [
        .. result.Participants.SelectMany(participant => participant.Publications).Select(publication => publication.Handle.Id),
        .. result.Participants.Select(participant => participant.Participant.Handle.Id),
        result.LocalParticipant.Handle.Id,
        result.Room.Handle.Id,
    ];

    private static IEnumerable<ulong> Of(RoomEvent message) => message.MessageCase switch
    {
        RoomEvent.MessageOneofCase.ParticipantConnected => [message.ParticipantConnected.Info.Handle.Id],
        RoomEvent.MessageOneofCase.TrackPublished => [message.TrackPublished.Publication.Handle.Id],
        RoomEvent.MessageOneofCase.TrackSubscribed => [message.TrackSubscribed.Track.Handle.Id],
        RoomEvent.MessageOneofCase.TextStreamOpened => [message.TextStreamOpened.Reader.Handle.Id],
        RoomEvent.MessageOneofCase.ByteStreamOpened => [message.ByteStreamOpened.Reader.Handle.Id],
        RoomEvent.MessageOneofCase.DataPacketReceived when message.DataPacketReceived.User is { } user => [user.Data.Handle.Id],
        _ => [],
    };
}
