using Agent.DevServer.Media;
using Agent.Protocol;
using Agent.WebRtc.Sctp;

namespace Agent.DevServer.Rooms;

/// <summary>A participant's state. Belongs to its room's loop.</summary>
internal sealed class RoomParticipant
{
    /// <summary>Tracks about which a client may say something before they are there; what it says beyond that is forgotten.</summary>
    private const int MaxRememberedTracks = 1024;

    private uint _version;

    public RoomParticipant(JoinParameters join, DateTimeOffset now)
    {
        var token = join.Token;
        Sid = Sids.Participant();
        Identity = token.Identity;
        Name = token.Name;
        Metadata = join.Metadata ?? token.Metadata;
        Kind = token.ToKind();
        Permission = token.ToPermission();
        SubscriberPrimary = Permission.CanSubscribe;
        ApiKey = token.ApiKey;
        Client = join.Client;
        AutoSubscribe = join.AutoSubscribe;
        JoinedAt = now;
        foreach (var (name, value) in token.Attributes)
            Attributes[name] = value;
        foreach (var (name, value) in join.Attributes.Where(pair => pair.Value.Length > 0))
            Attributes[name] = value;
    }

    public string Sid { get; }

    public string Identity { get; }

    public string ApiKey { get; }

    public ClientInfo Client { get; }

    public ParticipantInfo.Types.Kind Kind { get; }

    public DateTimeOffset JoinedAt { get; }

    public string Name { get; set; }

    public string Metadata { get; set; }

    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public ParticipantPermission Permission { get; set; }

    public bool AutoSubscribe { get; }

    /// <summary>Whether the connection over which it hears others decides that it is connected, and brings it data; else the one over which it publishes.</summary>
    public bool SubscriberPrimary { get; }

    public ParticipantInfo.Types.State State { get; set; } = ParticipantInfo.Types.State.Joining;

    /// <summary>Whether its media has ever been connected.</summary>
    public bool HasConnected { get; set; }

    public DisconnectReason DisconnectReason { get; set; }

    /// <summary>The signalling socket; null while it is lost and the participant may come back.</summary>
    public ISignalLink? Link { get; set; }

    public MediaPeer? Publisher { get; set; }

    public MediaPeer? Subscriber { get; set; }

    /// <summary>The channels to this participant, once open.</summary>
    public DataChannel? Reliable { get; set; }

    public DataChannel? Lossy { get; set; }

    /// <summary>Reliable packets that came before the first reliable channel was open; null once they are sent on.</summary>
    public Queue<byte[]>? Early { get; set; } = new();

    /// <summary>Announced tracks whose media has not come yet.</summary>
    public List<PublishedTrack> Pending { get; } = [];

    public List<PublishedTrack> Tracks { get; } = [];

    /// <summary>Announcements of tracks that are live still, because the description without them has not come yet: a client that takes a track back and publishes it again.</summary>
    public List<AddTrackRequest> Waiting { get; } = [];

    /// <summary>What this participant hears, by track.</summary>
    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Tracks that the participant asked for (true) or refused (false); others follow <see cref="AutoSubscribe"/>.</summary>
    public Dictionary<string, bool> Wishes { get; } = new(StringComparer.Ordinal);

    /// <summary>Tracks of which the participant wants no packets for now.</summary>
    public HashSet<string> PausedTracks { get; } = new(StringComparer.Ordinal);

    /// <summary>Who may hear this participant; null means everybody.</summary>
    public SubscriptionPermission? Audience { get; set; }

    /// <summary>The number of the last reliable data packet from this participant.</summary>
    public uint LastReliableSequence { get; set; }

    /// <summary>Whether it has published since it joined.</summary>
    public bool HasPublished { get; set; }

    public ConnectionQuality Quality { get; set; } = ConnectionQuality.Excellent;

    public float AnnouncedLevel { get; set; }

    /// <summary>Whether its next socket is closed once it has resumed, which a client may ask for to test itself.</summary>
    public bool DropLinkOnResume { get; set; }

    public RoomTimer? DepartureTimer { get; set; }

    public bool IsHidden => Permission.Hidden;

    public bool IsAgent => Kind == ParticipantInfo.Types.Kind.Agent;

    /// <summary>Whether it only serves others: such a participant neither holds a room open nor counts against its size, and agents are not sent to it.</summary>
    public bool IsDependent => Kind is ParticipantInfo.Types.Kind.Agent or ParticipantInfo.Types.Kind.Egress;

    public bool IsGone => State == ParticipantInfo.Types.State.Disconnected;

    public IEnumerable<MediaPeer> Peers
    {
        get
        {
            if (Publisher is not null)
                yield return Publisher;
            if (Subscriber is not null)
                yield return Subscriber;
        }
    }

    public void Send(SignalResponse message) => Link?.Send(message);

    /// <summary>Notes whether the participant wants to hear a track.</summary>
    public void Remember(string trackSid, bool subscribe)
    {
        if (Wishes.Count < MaxRememberedTracks || Wishes.ContainsKey(trackSid))
            Wishes[trackSid] = subscribe;
    }

    /// <summary>Stops the packets of some tracks, or lets them flow again.</summary>
    public void SetPaused(IEnumerable<string> trackSids, bool paused)
    {
        foreach (var sid in trackSids)
        {
            if (paused && PausedTracks.Count < MaxRememberedTracks)
                PausedTracks.Add(sid);
            else if (!paused)
                PausedTracks.Remove(sid);
            if (Subscriptions.TryGetValue(sid, out var subscription))
                subscription.IsPaused = paused;
        }
    }

    /// <summary>Notes that something others see has changed; they drop an older description that overtakes a newer one.</summary>
    public void Touch() => _version++;

    public ParticipantInfo ToInfo()
    {
        var info = new ParticipantInfo
        {
            Sid = Sid,
            Identity = Identity,
            Name = Name,
            Metadata = Metadata,
            State = State,
            JoinedAt = JoinedAt.ToUnixTimeSeconds(),
            JoinedAtMs = JoinedAt.ToUnixTimeMilliseconds(),
            Version = _version,
            Permission = Permission.Clone(),
            IsPublisher = Tracks.Count > 0,
            Kind = Kind,
            DisconnectReason = DisconnectReason,
            ClientProtocol = Client.ClientProtocol,
        };
        info.Attributes.Add(Attributes);
        info.Tracks.AddRange(Tracks.Select(track => track.Info.Clone()));
        info.Capabilities.AddRange(Client.Capabilities);
        return info;
    }
}
