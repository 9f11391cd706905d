using System.Buffers;
using System.Collections.Concurrent;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>Ourselves in the room.</summary>
public sealed partial class LocalParticipant : Participant
{
    private static readonly ReadOnlyMemory<byte> s_nothing = new byte[1];

    private readonly ConcurrentDictionary<string, LocalTrackPublication> _publications = new(StringComparer.Ordinal);
    private readonly OwnChanges _changes = new();

    internal LocalParticipant(Room room, FfiHandle handle, ParticipantInfo info)
        : base(room, handle, info)
    {
    }

    /// <summary>What we publish, by track identifier.</summary>
    public IReadOnlyDictionary<string, LocalTrackPublication> TrackPublications => _publications;

    /// <summary>Publishes a track.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task<LocalTrackPublication> PublishTrackAsync(LocalAudioTrack track, TrackPublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(track);
        options ??= new TrackPublishOptions();
        options.Validate();
        using var use = track.Handle.Use();
        var message = new Native.Protocol.TrackPublishOptions
        {
            Source = (Native.Protocol.TrackSource)options.Source,
            AudioEncoding = new AudioEncoding { MaxBitrate = (ulong)options.MaxBitrate },
            Dtx = options.Dtx,
            Red = options.Red,
        };
        var answer = (await Room.CallAsync(
            Handle,
            id => new FfiRequest
            {
                PublishTrack = new PublishTrackRequest { LocalParticipantHandle = Handle.Id, TrackHandle = track.Handle.Id, Options = message, RequestAsyncId = id },
            },
            cancellationToken,
            undo: UndoPublish)).PublishTrack;
        if (answer.Publication is not { } published)
            throw RoomErrors.Refused($"publish track '{track.Name}'", answer.Error);
        var publication = new LocalTrackPublication(Room.Client.Own(published.Handle), published.Info, track);
        _publications[publication.Sid] = publication;
        Room.ClaimEarlySubscription(publication);
        return publication;
    }

    /// <summary>Takes a track back; it can be published again.</summary>
    /// <exception cref="RoomException">The room is gone.</exception>
    public async Task UnpublishTrackAsync(LocalTrackPublication publication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publication);
        if (!_publications.TryRemove(publication.Sid, out _))
            return;
        var sid = publication.Sid;
        Guard.TrackSid(sid, nameof(publication));
        try
        {
            var answer = await Room.CallAsync(
                Handle,
                id => new FfiRequest
                {
                    UnpublishTrack = new UnpublishTrackRequest { LocalParticipantHandle = Handle.Id, TrackSid = sid, StopOnUnpublish = false, RequestAsyncId = id },
                },
                cancellationToken);
            if (answer.UnpublishTrack.HasError)
                throw RoomErrors.Refused($"unpublish track '{publication.Name}'", answer.UnpublishTrack.Error);
        }
        finally
        {
            publication.Close();
        }
    }

    /// <summary>Sends a packet of data.</summary>
    /// <param name="payload">At most 15,000 bytes fit one reliable packet everywhere; use a byte stream for more.</param>
    /// <param name="topic">What it is about; may be null.</param>
    /// <param name="reliable">Whether it is repeated until it arrives, in order; else it may be lost.</param>
    /// <param name="destinationIdentities">Who receives it; everybody if null or empty.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task PublishDataAsync(
        ReadOnlyMemory<byte> payload, string? topic = null, bool reliable = true, IReadOnlyCollection<string>? destinationIdentities = null, CancellationToken cancellationToken = default)
    {
        Guard.InRange(payload.Length, 0, 64_000);
        if (topic is not null)
            Guard.Text(topic);
        Guard.Identities(destinationIdentities);
        // An address is needed even where there is nothing at it: the library makes a slice of it.
        using var pin = (payload.IsEmpty ? s_nothing : payload).Pin();
        var address = AddressOf(pin);
        var answer = await Room.CallAsync(Handle, id => PublishData(id, address, payload.Length, topic, reliable, destinationIdentities), cancellationToken);
        if (answer.PublishData.HasError)
            throw RoomErrors.Refused("send data", answer.PublishData.Error);
    }

    /// <summary>Changes our metadata for everybody. The token must allow it.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task SetMetadataAsync(string metadata, CancellationToken cancellationToken = default)
    {
        Guard.Text(metadata);
        await ChangeAsync(
            "change the metadata",
            id => new FfiRequest { SetLocalMetadata = new SetLocalMetadataRequest { LocalParticipantHandle = Handle.Id, Metadata = metadata, RequestAsyncId = id } },
            answer => answer.SetLocalMetadata.HasError ? answer.SetLocalMetadata.Error : null,
            () => string.Equals(Metadata, metadata, StringComparison.Ordinal),
            cancellationToken);
    }

    /// <summary>Changes our name for everybody. The token must allow it.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task SetNameAsync(string name, CancellationToken cancellationToken = default)
    {
        Guard.Text(name);
        await ChangeAsync(
            "change the name",
            id => new FfiRequest { SetLocalName = new SetLocalNameRequest { LocalParticipantHandle = Handle.Id, Name = name, RequestAsyncId = id } },
            answer => answer.SetLocalName.HasError ? answer.SetLocalName.Error : null,
            () => string.Equals(Name, name, StringComparison.Ordinal),
            cancellationToken);
    }

    /// <summary>Changes some of our attributes for everybody; those not named stay, an empty value removes one. The token must allow it.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task SetAttributesAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken = default)
    {
        Guard.Map(attributes);
        await ChangeAsync(
            "change the attributes",
            id =>
            {
                var message = new SetLocalAttributesRequest { LocalParticipantHandle = Handle.Id, RequestAsyncId = id };
                message.Attributes.AddRange(attributes.Select(attribute => new AttributesEntry { Key = attribute.Key, Value = attribute.Value }));
                return new FfiRequest { SetLocalAttributes = message };
            },
            answer => answer.SetLocalAttributes.HasError ? answer.SetLocalAttributes.Error : null,
            () => attributes.All(attribute => string.Equals(Attributes.GetValueOrDefault(attribute.Key, ""), attribute.Value, StringComparison.Ordinal)),
            cancellationToken);
    }

    internal override TrackPublication? FindPublication(string trackSid) => _publications.GetValueOrDefault(trackSid);

    /// <summary>The engine has published a track again over a full reconnect: the same publication under another identifier.</summary>
    internal LocalTrackPublication? Republish(string previousSid, FfiHandle? replacement, TrackPublicationInfo info)
    {
        if (!_publications.TryRemove(previousSid, out var publication))
            return null;
        publication.OnRepublished(replacement ?? publication.Handle, info);
        _publications[publication.Sid] = publication;
        return publication;
    }

    internal void Close()
    {
        foreach (var publication in _publications.Values)
            publication.Close();
        Handle.Dispose();
    }

    private protected override void OnChanged() => _changes.Raise();

    private async Task ChangeAsync(string what, Func<ulong, FfiRequest> build, Func<FfiEvent, string?> errorOf, Func<bool> isDone, CancellationToken cancellationToken)
    {
        var refusal = await _changes.AskAsync(async token => errorOf(await Room.CallAsync(Handle, build, token)), isDone, cancellationToken);
        if (refusal is not null)
            throw RoomErrors.Refused(what, refusal);
    }

    private static unsafe ulong AddressOf(MemoryHandle pin) => (ulong)pin.Pointer;

    private FfiRequest PublishData(ulong id, ulong address, int length, string? topic, bool reliable, IReadOnlyCollection<string>? destinations)
    {
        var message = new PublishDataRequest { LocalParticipantHandle = Handle.Id, DataPtr = address, DataLen = (ulong)length, Reliable = reliable, RequestAsyncId = id };
        if (topic is not null)
            message.Topic = topic;
        message.DestinationIdentities.Add(destinations ?? []);
        return new FfiRequest { PublishData = message };
    }

    private void UndoPublish(FfiEvent message)
    {
        UnclaimedHandles.Drop(message, Room.Client.Library);
        if (message.PublishTrack.Publication is { } published && !Room.IsClosed)
        {
            Room.Request(Handle, id => new FfiRequest
            {
                UnpublishTrack = new UnpublishTrackRequest { LocalParticipantHandle = id, TrackSid = published.Info.Sid, StopOnUnpublish = false, RequestAsyncId = Room.Client.NextAsyncId() },
            });
        }
    }
}
