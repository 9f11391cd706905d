using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;

namespace Agent.Testing;

/// <summary>A room on virtual time: users who follow scripts, and an ear that notes what the agent sends and shows.</summary>
public sealed class ScriptedRoom : IConversationRoom, IAudioOutput
{
    private readonly ManualTimeProvider _time;
    private readonly Dictionary<string, ScriptedUser> _users = new(StringComparer.Ordinal);
    private readonly Channel<RoomEvent> _events = Channel.CreateUnbounded<RoomEvent>();
    private TimeSpan _nextFrame;

    /// <summary>A room in which nobody is yet.</summary>
    public ScriptedRoom(ManualTimeProvider time, ScriptedUser user)
    {
        _time = time;
        _users[UserIdentity] = user;
        Listened = user;
    }

    /// <summary>The user whose voice the agent reads, or has read last.</summary>
    public ScriptedUser Listened { get; private set; }

    /// <inheritdoc/>
    public int SampleRateHz { get; init; } = 24_000;

    /// <inheritdoc/>
    public IAudioOutput AudioOutput => this;

    /// <summary>The identity of the user who follows the script.</summary>
    public const string UserIdentity = "user";

    /// <summary>Each frame of 10 ms that the agent has sent, and whether there was a sound in it.</summary>
    public List<(TimeSpan At, bool Loud)> Frames { get; } = [];

    /// <summary>How many times what was not sent yet was thrown away.</summary>
    public int Clears { get; private set; }

    /// <summary>Captions and states in the order in which the room was shown them.</summary>
    public List<(TimeSpan At, object Shown)> Shown { get; } = [];

    /// <summary>Fails every caption and state.</summary>
    public Exception? ShowError { get; set; }

    /// <summary>Never lets the agent send another frame.</summary>
    public bool HangsOutput { get; set; }

    /// <summary>Lets the user's audio stop arriving without an end.</summary>
    public bool StopsInput { get; set; }

    /// <summary>Lets something happen in the room.</summary>
    public void Raise(RoomEvent roomEvent) => _events.Writer.TryWrite(roomEvent);

    /// <summary>Lets somebody join.</summary>
    public void Join(string identity = UserIdentity, ParticipantKind kind = ParticipantKind.Standard) =>
        Raise(new ParticipantJoined(new RoomParticipant { Identity = identity, Kind = kind }));

    /// <summary>The script of somebody else than <see cref="UserIdentity"/>; who has none is silent.</summary>
    public ScriptedUser Script(string identity)
    {
        if (!_users.TryGetValue(identity, out var user))
            _users[identity] = user = new ScriptedUser();
        return user;
    }

    /// <summary>Everybody who has a script, by identity.</summary>
    internal IReadOnlyDictionary<string, ScriptedUser> Users => _users;

    /// <summary>Lets somebody leave.</summary>
    public void Leave(string identity = UserIdentity) => Raise(new ParticipantLeft(identity));

    /// <summary>Lets somebody type to the agent.</summary>
    public void Type(string text, string identity = UserIdentity) => Raise(new TextReceived(identity, text));

    /// <summary>Times in which the agent's voice was sent, with pauses of more than 50 ms cut out.</summary>
    public List<(double From, double To)> Voice()
    {
        var spans = new List<(double From, double To)>();
        foreach (var (at, loud) in Frames)
        {
            if (!loud)
                continue;
            var from = at.TotalSeconds;
            if (spans.Count > 0 && from - spans[^1].To < 0.05)
                spans[^1] = (spans[^1].From, from + 0.01);
            else
                spans.Add((from, from + 0.01));
        }

        return spans;
    }

    /// <inheritdoc/>
    public IAudioInput ListenTo(string participantIdentity) => new Microphone(this, Script(participantIdentity));

    /// <inheritdoc/>
    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.Reader.ReadInContextAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken) => Note(caption);

    /// <inheritdoc/>
    public ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken) => Note(caption);

    /// <inheritdoc/>
    public ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken) => Note(state);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        if (samples.Length != SampleRateHz / 100)
            throw new ArgumentException($"A frame of 10 ms at {SampleRateHz} Hz has {SampleRateHz / 100} samples; {samples.Length} were written.", nameof(samples));
        if (HangsOutput)
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, CancellationToken.None);
        if (_nextFrame > _time.Now)
            await Task.Delay(_nextFrame - _time.Now, _time, cancellationToken);
        Frames.Add((_time.Now, samples.Span.ContainsAnyExcept((short)0)));
        _nextFrame = _time.Now + TimeSpan.FromMilliseconds(10);
    }

    /// <inheritdoc/>
    public void Clear() => Clears++;

    private ValueTask Note(object shown)
    {
        if (ShowError is { } error)
            throw error;
        Shown.Add((_time.Now, shown));
        return ValueTask.CompletedTask;
    }

    private sealed class Microphone(ScriptedRoom room, ScriptedUser user) : IAudioInput
    {
        public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            room.Listened = user;
            var start = room._time.Now;
            for (long position = 0; ; position += 160)
            {
                var at = start + TimeSpan.FromSeconds(position / 16_000.0);
                var arrives = at + TimeSpan.FromMilliseconds(10);
                if (arrives > room._time.Now)
                    await Task.Delay(arrives - room._time.Now, room._time, cancellationToken);
                if (room.StopsInput)
                    await Task.Delay(Timeout.InfiniteTimeSpan, room._time, cancellationToken);
                var frame = AudioFrame.Rent(16_000, 160, position);
                frame.Writable.Fill(user.IsSpeaking(at) ? (short)1_000 : (short)0);
                FrameStamp.Write(frame.Writable, at);
                yield return frame;
            }
        }
    }
}
