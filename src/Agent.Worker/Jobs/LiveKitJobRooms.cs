using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Conversation;
using Agent.LiveKit.Worker;
using Agent.Pipeline.Rooms;
using Agent.Worker.Configuration;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Jobs;

/// <summary>Joins rooms over the native SDK.</summary>
internal sealed class LiveKitJobRooms(IOptions<WorkerOptions> options, IOptions<NativeOptions> native, TimeProvider time, ILoggerFactory loggers) : IJobRooms
{
    public void Prepare() => RtcRuntime.Initialize(new RtcRuntimeOptions { LibraryPath = native.Value.LiveKitLibrary, LoggerFactory = loggers });

    public async Task<IJobRoom> JoinAsync(AssignedJob job, CancellationToken cancellationToken)
    {
        var settings = new ConversationRoomOptions
        {
            Room = new RoomOptions { ConnectTimeout = options.Value.ConnectTimeout, CloseTimeout = options.Value.CloseTimeout },
        };
        return new JoinedRoom(await ConversationRoom.JoinAsync(job.Url.ToString(), job.Token, settings, loggers, time, cancellationToken));
    }

    private sealed class JoinedRoom(ConversationRoom conversation) : IJobRoom
    {
        public IConversationRoom Conversation => conversation;

        public RoomEnd? End => conversation.Room.Ended.IsCompletedSuccessfully ? Describe(conversation.Room.Ended.Result) : null;

        public ValueTask DisposeAsync() => conversation.DisposeAsync();

        private static RoomEnd Describe(DisconnectReason reason) => reason switch
        {
            DisconnectReason.ClientInitiated => new(IsLoss: false, "the agent left the room"),
            DisconnectReason.RoomDeleted => new(IsLoss: false, "the room was deleted"),
            DisconnectReason.RoomClosed => new(IsLoss: false, "the last participant has left the room"),
            DisconnectReason.ParticipantRemoved => new(IsLoss: false, "the agent was removed from the room"),
            DisconnectReason.ServerShutdown => new(IsLoss: true, "the server has shut down"),
            DisconnectReason.DuplicateIdentity => new(IsLoss: true, "somebody joined the room under the agent's identity"),
            _ => new(IsLoss: true, $"the connection to the room was lost ({reason})"),
        };
    }
}
