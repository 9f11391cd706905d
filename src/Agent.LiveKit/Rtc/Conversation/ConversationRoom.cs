using Agent.Pipeline.Errors;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.Logging;

namespace Agent.LiveKit.Rtc.Conversation;

/// <summary>
/// A LiveKit room as a session sees it: the agent's track, everybody's voice, captions, typed text and the agent's state, in the forms that
/// LiveKit's clients know.
/// </summary>
public sealed class ConversationRoom : IConversationRoom, IAsyncDisposable
{
    private readonly ConversationRoomOptions _options;
    private readonly Attendance _attendance;
    private readonly AudioSource _source;
    private readonly LocalAudioTrack _track;
    private readonly RoomAudioOutput _output;
    private LocalTrackPublication? _publication;
    private TextStreamWriter? _caption;
    private string? _captionSegment;

    private ConversationRoom(Room room, AudioSource source, ConversationRoomOptions options, TimeProvider time)
    {
        Room = room;
        _options = options;
        _source = source;
        _track = LocalAudioTrack.Create(options.TrackName, source);
        _output = new RoomAudioOutput(room, source);
        _attendance = new Attendance(time, options.DepartureGrace);
        room.ParticipantConnected += (_, e) => _attendance.Join(e.Participant);
        room.ParticipantDisconnected += (_, e) => _attendance.Leave(e.Participant, e.Reason);
        room.TrackSubscribed += (_, e) => Follow(e.Participant.Identity, e.Publication, e.Track);
        room.TrackUnsubscribed += (_, e) => _attendance.Voice(e.Participant.Identity)?.Lose(e.Track);
        room.Reconnecting += (_, _) => _attendance.OnReconnecting();
        room.Reconnected += (_, _) => _attendance.OnReconnected();
        room.Disconnected += (_, e) => _attendance.Close(e.Reason.ToString());
        room.RegisterTextStreamHandler(WebConventions.ChatTopic, OnChatAsync);
    }

    /// <summary>The room beneath, for what a session does not need to know.</summary>
    public Room Room { get; }

    /// <inheritdoc/>
    public IAudioOutput AudioOutput => _output;

    /// <summary>Joins a room and publishes the agent's voice in it.</summary>
    /// <param name="url">The server, such as <c>wss://livekit.example.com</c>.</param>
    /// <param name="token">An access token with the grants <c>roomJoin</c>, <c>canPublish</c>, <c>canPublishData</c> and <c>canUpdateOwnMetadata</c>.</param>
    /// <param name="options">How the agent takes part.</param>
    /// <param name="loggerFactory">Where it logs.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RoomException">The server cannot be reached, or refuses; the message says what to do.</exception>
    /// <exception cref="ConfigurationException">The URL or the token is malformed, or the native library is missing.</exception>
    public static async Task<ConversationRoom> JoinAsync(
        string url, string token, ConversationRoomOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        options ??= new ConversationRoomOptions();
        options.Validate();
        var time = timeProvider ?? TimeProvider.System;
        var source = new AudioSource(options.Voice, loggerFactory);
        var conversation = new ConversationRoom(new Room(options.Room, loggerFactory, time), source, options, time);
        try
        {
            await conversation.EnterAsync(url, token, cancellationToken);
            return conversation;
        }
        catch
        {
            await conversation.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public IAudioInput ListenTo(string participantIdentity) =>
        _attendance.Voice(participantIdentity) ?? throw new ArgumentException($"'{participantIdentity}' is not in the room.", nameof(participantIdentity));

    /// <inheritdoc/>
    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken) => _attendance.Events.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caption);
        var options = new TextStreamOptions
        {
            Topic = WebConventions.TranscriptionTopic,
            Attributes = CaptionAttributes(caption.SegmentId, MicrophoneOf(caption.ParticipantIdentity), caption.IsFinal),
            SenderIdentity = caption.ParticipantIdentity,
        };
        await Room.LocalParticipant.SendTextAsync(caption.Text, options, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caption);
        if (_caption is not null && !string.Equals(_captionSegment, caption.SegmentId, StringComparison.Ordinal))
            await CloseCaptionAsync(cancellationToken);
        if (_caption is null && caption.Delta.Length > 0)
        {
            _caption = await Room.LocalParticipant.OpenTextStreamAsync(
                new TextStreamOptions
                {
                    Topic = WebConventions.TranscriptionTopic,
                    Attributes = CaptionAttributes(caption.SegmentId, _publication?.Sid, isFinal: false),
                },
                cancellationToken);
            _captionSegment = caption.SegmentId;
        }

        if (_caption is not null && caption.Delta.Length > 0)
            await _caption.WriteAsync(caption.Delta, cancellationToken);
        if (caption.IsFinal)
            await CloseCaptionAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken) =>
        await Room.LocalParticipant.SetAttributesAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { [WebConventions.AgentStateKey] = WebConventions.Name(state) }, cancellationToken);

    /// <summary>Leaves the room.</summary>
    public async ValueTask DisposeAsync()
    {
        await Room.DisposeAsync();
        _attendance.Close(nameof(DisconnectReason.ClientInitiated));
        if (_caption is not null)
            await _caption.DisposeAsync();
        await _source.DisposeAsync();
        _track.Dispose();
    }

    private static Dictionary<string, string> CaptionAttributes(string segmentId, string? trackSid, bool isFinal)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [WebConventions.SegmentId] = segmentId,
            [WebConventions.TranscriptionFinal] = isFinal ? "true" : "false",
        };
        if (trackSid is not null)
            attributes[WebConventions.TranscribedTrackId] = trackSid;
        return attributes;
    }

    private async Task EnterAsync(string url, string token, CancellationToken cancellationToken)
    {
        await Room.ConnectAsync(url, token, cancellationToken);
        foreach (var participant in Room.RemoteParticipants.Values)
        {
            _attendance.Join(participant);
            foreach (var publication in participant.TrackPublications.Values)
            {
                if (publication.Track is { } track)
                    Follow(participant.Identity, publication, track);
            }
        }

        _publication = await Room.LocalParticipant.PublishTrackAsync(_track, _options.Publish, cancellationToken);
        await ShowAsync(_options.InitialState, cancellationToken);
    }

    /// <summary>A voice is what comes from a microphone, or from a source that says nothing of itself; a shared screen's sound is none.</summary>
    private void Follow(string identity, RemoteTrackPublication publication, RemoteTrack track)
    {
        if (track is not RemoteAudioTrack audio || publication.Source is not (TrackSource.Microphone or TrackSource.Unknown))
            return;
        if (Room.RemoteParticipants.TryGetValue(identity, out var participant))
            _attendance.Join(participant);
        _attendance.Voice(identity)?.Follow(audio);
    }

    private string? MicrophoneOf(string identity) =>
        Room.RemoteParticipants.GetValueOrDefault(identity)?.GetTrackPublication(TrackSource.Microphone)?.Sid;

    private async Task CloseCaptionAsync(CancellationToken cancellationToken)
    {
        if (_caption is not { } caption)
            return;
        _caption = null;
        await using (caption)
            await caption.CloseAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [WebConventions.TranscriptionFinal] = "true" }, cancellationToken);
    }

    private async Task OnChatAsync(TextStreamReader reader, string participantIdentity, CancellationToken cancellationToken)
    {
        var text = await reader.ReadAllAsync(cancellationToken);
        if (!string.IsNullOrWhiteSpace(text))
            _attendance.Say(participantIdentity, text);
    }
}
