using Agent.LiveKit.Rtc;
using Agent.Playground.Web;

namespace Agent.Playground.Check;

/// <summary>A caller in a LiveKit room, over the native SDK: an always open microphone, ears for the agent, eyes for captions and state.</summary>
internal sealed class RoomCaller : ICaller
{
    private const string CaptionTopic = "lk.transcription";
    private const string SegmentAttribute = "lk.segment_id";
    private const string StateAttribute = "lk.agent.state";

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly Room _room;
    private readonly AudioSource _source;
    private readonly LocalAudioTrack _track;
    private readonly CaptionLog _captions = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly Lock _lock = new();
    private Utterance? _utterance;
    private Task _microphone = Task.CompletedTask;
    private Task _ears = Task.CompletedTask;

    private RoomCaller(Room room, AudioSource source, LocalAudioTrack track, TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _room = room;
        _source = source;
        _track = track;
        Spoken = new AudioTrace(Now);
        Heard = new AudioTrace(Now);
    }

    /// <summary>The room, for what a caller's ears and mouth do not cover.</summary>
    internal Room Room => _room;

    public AudioTrace Spoken { get; }

    public AudioTrace Heard { get; }

    public TimeSpan Joined { get; private set; }

    public string? AgentState => Agent?.Attributes.GetValueOrDefault(StateAttribute);

    public IReadOnlyList<string> AgentCaptions => _captions.OfAgent;

    public IReadOnlyList<string> CallerCaptions => _captions.OfCaller;

    private RemoteParticipant? Agent => _room.RemoteParticipants.Values.FirstOrDefault(participant => participant.Kind == ParticipantKind.Agent);

    /// <exception cref="Pipeline.Errors.AgentException">The room cannot be joined.</exception>
    internal static async Task<RoomCaller> JoinAsync(SessionGrant grant, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = new AudioSource(new AudioSourceOptions { SampleRateHz = AudioTrace.SampleRateHz });
        var track = LocalAudioTrack.Create("caller", source);
        var room = new Room();
        var caller = new RoomCaller(room, source, track, time);
        try
        {
            room.TrackSubscribed += caller.OnTrackSubscribed;
            room.RegisterTextStreamHandler(CaptionTopic, caller.OnCaptionAsync);
            await room.ConnectAsync(grant.Url, grant.Token, cancellationToken);
            caller.Joined = caller.Now();
            await room.LocalParticipant.PublishTrackAsync(track, cancellationToken: cancellationToken);
            caller._microphone = caller.SpeakAsync(caller._leaving.Token);
            return caller;
        }
        catch
        {
            await caller.DisposeAsync();
            throw;
        }
    }

    public async Task<(long Start, long End)> SayAsync(ReadOnlyMemory<short> speech, CancellationToken cancellationToken)
    {
        var utterance = new Utterance(speech);
        lock (_lock)
            _utterance = utterance;
        return await utterance.Done.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _microphone;
        await _room.DisposeAsync();
        await _ears;
        _track.Dispose();
        await _source.DisposeAsync();
        _leaving.Dispose();
    }

    private TimeSpan Now() => _time.GetElapsedTime(_origin);

    private void OnTrackSubscribed(object? sender, RemoteTrackEventArgs happened)
    {
        if (happened.Participant.Kind == ParticipantKind.Agent && happened.Track is RemoteAudioTrack track && _ears.IsCompleted)
            _ears = ListenAsync(track, _leaving.Token);
    }

    private async Task ListenAsync(RemoteAudioTrack track, CancellationToken leaving)
    {
        using var stream = track.OpenStream(new AudioStreamOptions { SampleRateHz = AudioTrace.SampleRateHz });
        // After a full reconnect the agent's sound comes as a new stream, which counts from zero.
        var begin = Heard.Length;
        try
        {
            await foreach (var frame in stream.ReadAsync(leaving))
            {
                using (frame)
                    Heard.Append(begin + frame.Position, frame.Samples.Span);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The caller has left.
        }
    }

    private async Task SpeakAsync(CancellationToken leaving)
    {
        var silence = new short[AudioTrace.Window];
        var frame = new short[AudioTrace.Window];
        try
        {
            while (!leaving.IsCancellationRequested)
            {
                Utterance? utterance;
                lock (_lock)
                    utterance = _utterance;
                if (utterance is null)
                {
                    await WriteAsync(silence, leaving);
                    continue;
                }

                var start = Spoken.Length;
                for (var at = 0; at < utterance.Speech.Length; at += frame.Length)
                {
                    var piece = utterance.Speech.Span[at..Math.Min(utterance.Speech.Length, at + frame.Length)];
                    piece.CopyTo(frame);
                    frame.AsSpan(piece.Length).Clear();
                    await WriteAsync(frame, leaving);
                }

                lock (_lock)
                    _utterance = null;
                utterance.Done.SetResult((start, start + utterance.Speech.Length));
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The caller has left.
        }
    }

    private async Task WriteAsync(short[] frame, CancellationToken cancellationToken)
    {
        await _source.WriteAsync(frame, cancellationToken);
        Spoken.Append(Spoken.Length, frame);
    }

    private async Task OnCaptionAsync(TextStreamReader reader, string participantIdentity, CancellationToken cancellationToken)
    {
        var segment = reader.Info.Attributes.GetValueOrDefault(SegmentAttribute, reader.Info.StreamId);
        var entry = _captions.Open(segment, ofAgent: !string.Equals(participantIdentity, _room.LocalParticipant.Identity, StringComparison.Ordinal));
        await foreach (var piece in reader.ReadAsync(cancellationToken))
            entry.Append(piece);
    }

    private sealed record Utterance(ReadOnlyMemory<short> Speech)
    {
        public TaskCompletionSource<(long Start, long End)> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
