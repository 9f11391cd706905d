using Agent.DevServer.Dispatch;
using Agent.Protocol;
using ProtocolRoom = Agent.Protocol.Room;

namespace Agent.DevServer.Rooms;

/// <summary>A room: who is in it and what they are told. Everything but <see cref="Loop"/> and what never changes is used on the loop alone.</summary>
internal sealed class ServerRoom : IAsyncDisposable
{
    private readonly Dictionary<string, RoomParticipant> _participants = new(StringComparer.Ordinal);
    private readonly Action<ServerRoom> _onClosed;
    private readonly DateTimeOffset _createdAt;
    private bool _everJoined;
    private RoomTimer? _idleTimer;

    public ServerRoom(string name, RoomSettings settings, RoomEnvironment environment, Action<ServerRoom> onClosed)
    {
        Name = name;
        Environment = environment;
        Settings = settings;
        _onClosed = onClosed;
        _createdAt = environment.Time.GetUtcNow();
        Loop = new RoomLoop(environment.Time, environment.Logger, environment.Counters);
        Media = new RoomMedia(this);
        Publishing = new Publishing(this);
        Subscribing = new Subscribing(this);
        Data = new DataRelay(this);
        Speakers = new SpeakerWatch(this);
        Dispatches = new RoomDispatches(this);
        Entrance = new Entrance(this);
        RoomLog.Created(environment.Logger, name, Sid);
        Loop.Post(() =>
        {
            environment.Webhooks.Send("room_started", ToInfo());
            Speakers.Start();
            WatchIdle();
            Dispatches.LaunchInitial(settings.Agents);
        });
    }

    public string Name { get; }

    public string Sid { get; } = Sids.Room();

    public RoomEnvironment Environment { get; }

    public RoomSettings Settings { get; }

    public RoomLoop Loop { get; }

    public RoomMedia Media { get; }

    public Publishing Publishing { get; }

    public Subscribing Subscribing { get; }

    public DataRelay Data { get; }

    public SpeakerWatch Speakers { get; }

    public RoomDispatches Dispatches { get; }

    public Entrance Entrance { get; }

    public bool IsClosed { get; private set; }

    public IReadOnlyCollection<RoomParticipant> Participants => _participants.Values;

    public RoomParticipant? Find(string identity) => _participants.GetValueOrDefault(identity);

    public RoomParticipant? FindBySid(string sid) => _participants.Values.FirstOrDefault(p => string.Equals(p.Sid, sid, StringComparison.Ordinal));

    public PublishedTrack? FindTrack(string sid) =>
        _participants.Values.SelectMany(p => p.Tracks).FirstOrDefault(track => string.Equals(track.Sid, sid, StringComparison.Ordinal));

    public ProtocolRoom ToInfo()
    {
        var info = new ProtocolRoom
        {
            Sid = Sid,
            Name = Name,
            EmptyTimeout = (uint)Settings.EmptyTimeout.TotalSeconds,
            DepartureTimeout = (uint)Settings.DepartureTimeout.TotalSeconds,
            MaxParticipants = Settings.MaxParticipants,
            Metadata = Settings.Metadata,
            CreationTime = _createdAt.ToUnixTimeSeconds(),
            CreationTimeMs = _createdAt.ToUnixTimeMilliseconds(),
            NumParticipants = (uint)_participants.Values.Count(p => !p.IsHidden),
            NumPublishers = (uint)_participants.Values.Count(p => p.Tracks.Count > 0),
        };
        info.EnabledCodecs.AddRange(RoomCodecs.Enabled);
        return info;
    }

    public void Add(RoomParticipant participant)
    {
        _participants.Add(participant.Identity, participant);
        if (!participant.IsDependent)
            _everJoined = true;
        WatchIdle();
    }

    /// <summary>Tells the others how a participant is now; itself as well where it has to know.</summary>
    public void Announce(RoomParticipant participant, bool alsoToItself = false)
    {
        participant.Touch();
        var update = new SignalResponse { Update = new ParticipantUpdate { Participants = { participant.ToInfo() } } };
        foreach (var other in _participants.Values)
        {
            if (ReferenceEquals(other, participant) ? alsoToItself : !participant.IsHidden)
                other.Send(update);
        }
    }

    public void Broadcast(SignalResponse message)
    {
        foreach (var participant in _participants.Values)
            participant.Send(message);
    }

    public void SetMetadata(string metadata)
    {
        Settings.Metadata = metadata;
        AnnounceRoom();
    }

    public void AnnounceRoom() => Broadcast(new SignalResponse { RoomUpdate = new RoomUpdate { Room = ToInfo() } });

    /// <summary>Takes a participant out of the room.</summary>
    /// <param name="participant">Who; nothing happens when it is gone already.</param>
    /// <param name="reason">What it and the others are told.</param>
    /// <param name="tellIt">Whether it is sent a farewell; not when it has had another message to that end.</param>
    public void Remove(RoomParticipant participant, DisconnectReason reason, bool tellIt = true)
    {
        if (participant.IsGone)
            return;
        participant.DisconnectReason = reason;
        participant.State = ParticipantInfo.Types.State.Disconnected;
        participant.DepartureTimer?.Cancel();
        _participants.Remove(participant.Identity);
        RoomLog.Left(Environment.Logger, participant.Identity, participant.Sid, Name, reason);
        Subscribing.RemoveAll(participant);
        Publishing.UnpublishAll(participant);
        if (tellIt)
            participant.Send(new SignalResponse { Leave = new LeaveRequest { Reason = reason, Action = LeaveRequest.Types.Action.Disconnect } });
        participant.Link?.Close();
        participant.Link = null;
        foreach (var peer in participant.Peers)
            peer.Dispose();
        Announce(participant);
        Environment.Webhooks.Send(participant.HasConnected ? "participant_left" : "participant_connection_aborted", ToInfo(), participant.ToInfo());
        Dispatches.ParticipantLeft(participant);
        Speakers.ParticipantLeft(participant);
        WatchIdle();
    }

    public void Close(DisconnectReason reason)
    {
        if (IsClosed)
            return;
        IsClosed = true;
        foreach (var participant in _participants.Values.ToArray())
            Remove(participant, reason);
        _idleTimer?.Cancel();
        Speakers.Stop();
        Environment.Webhooks.Send("room_finished", ToInfo());
        RoomLog.Closed(Environment.Logger, Name, Sid, reason);
        _onClosed(this);
    }

    public async ValueTask DisposeAsync()
    {
        await Dispatches.DisposeAsync();
        await Loop.DisposeAsync();
    }

    /// <summary>Closes the room when nobody but agents has been in it for its time-out.</summary>
    private void WatchIdle()
    {
        _idleTimer?.Cancel();
        _idleTimer = null;
        if (IsClosed || _participants.Values.Any(p => !p.IsDependent))
            return;
        var timeout = _everJoined ? Settings.DepartureTimeout : Settings.EmptyTimeout;
        _idleTimer = Loop.After(timeout, () => Close(DisconnectReason.RoomClosed));
    }
}
