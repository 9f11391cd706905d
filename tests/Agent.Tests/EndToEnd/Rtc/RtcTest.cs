using Agent.LiveKit.Api;
using Agent.LiveKit.Rtc;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.EndToEnd.Rtc;

/// <summary>What the room's end-to-end tests have in common: a room of their own, tokens, rooms that are left in the end.</summary>
public abstract class RtcTest(LiveKitServerFixture server) : IAsyncLifetime
{
    /// <summary>Generous: the tests share a slow machine.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly List<Room> _rooms = [];
    private readonly ILoggerFactory _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(server.Log));

    protected LiveKitServerFixture Server { get; } = server;

    protected string RoomName { get; } = LiveKitServerFixture.NewRoomName();

    protected ILoggerFactory Logs => _logs;

    protected RoomServiceClient Service => new(Server.Url.ToString().Replace("ws://", "http://", StringComparison.Ordinal), Server.ApiKey, Server.ApiSecret);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var room in _rooms)
            await room.DisposeAsync();
        _logs.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string Token(string identity, Agent.Protocol.ParticipantInfo.Types.Kind? kind = null, VideoGrants? grants = null) =>
        new AccessToken(Server.ApiKey, Server.ApiSecret)
        {
            Identity = identity,
            Ttl = TimeSpan.FromMinutes(10),
            Kind = kind,
            Video = grants ?? new VideoGrants { RoomJoin = true, Room = RoomName, CanUpdateOwnMetadata = true },
        }.ToJwt();

    /// <summary>A room that is not joined yet, so that handlers can be attached.</summary>
    protected Room NewRoom(RoomOptions? options = null)
    {
        var room = new Room(options, _logs);
        _rooms.Add(room);
        return room;
    }

    protected async Task<Room> JoinAsync(string identity, Action<Room>? prepare = null, RoomOptions? options = null)
    {
        var room = NewRoom(options);
        prepare?.Invoke(room);
        await room.ConnectAsync(Server.Url.ToString(), Token(identity)).WaitAsync(Limit);
        // Who is there already hears of us a moment later than we are in; before that what we send has no known sender.
        foreach (var other in _rooms.Where(other => other != room && other.ConnectionState == ConnectionState.Connected))
            await SeesAsync(other, identity);
        return room;
    }

    private static async Task SeesAsync(Room room, string identity)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        room.ParticipantConnected += OnConnected;
        if (!room.RemoteParticipants.ContainsKey(identity) && room.LocalParticipant.Identity != identity)
            await seen.Task.WaitAsync(Limit);
        room.ParticipantConnected -= OnConnected;

        void OnConnected(object? sender, RemoteParticipantEventArgs e)
        {
            if (e.Participant.Identity == identity)
                seen.TrySetResult();
        }
    }
}
