using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>A room on virtual time: one user who follows a script, and an ear that notes what the agent sends and shows.</summary>
internal sealed class ScriptedRoom : IConversationRoom, IAudioInput, IAudioOutput
{
    private readonly ManualTimeProvider _time;
    private readonly ScriptedUser _user;
    private readonly Channel<RoomEvent> _events = Channel.CreateUnbounded<RoomEvent>();
    private TimeSpan _nextFrame;

    internal ScriptedRoom(ManualTimeProvider time, ScriptedUser user)
    {
        _time = time;
        _user = user;
    }

    public int SampleRateHz { get; init; } = 24_000;

    public IAudioOutput AudioOutput => this;

    internal const string UserIdentity = "user";

    internal List<(TimeSpan At, bool Loud)> Frames { get; } = [];

    internal int Clears { get; private set; }

    internal List<(TimeSpan At, object Shown)> Shown { get; } = [];

    /// <summary>Fails every caption and state.</summary>
    internal Exception? ShowError { get; set; }

    /// <summary>Never lets the agent send another frame.</summary>
    internal bool HangsOutput { get; set; }

    internal bool StopsInput { get; set; }

    internal void Raise(RoomEvent roomEvent) => _events.Writer.TryWrite(roomEvent);

    internal void Join(string identity = UserIdentity, ParticipantKind kind = ParticipantKind.Standard) =>
        Raise(new ParticipantJoined(new RoomParticipant { Identity = identity, Kind = kind }));

    /// <summary>Times in which the agent's voice was sent, with pauses of more than 50 ms cut out.</summary>
    internal List<(double From, double To)> Voice()
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

    public IAudioInput ListenTo(string participantIdentity) => this;

    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.Reader.ReadInContextAsync(cancellationToken);

    public ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken) => Note(caption);

    public ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken) => Note(caption);

    public ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken) => Note(state);

    public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = _time.Now;
        for (long position = 0; ; position += 160)
        {
            var at = start + TimeSpan.FromSeconds(position / 16_000.0);
            var arrives = at + TimeSpan.FromMilliseconds(10);
            if (arrives > _time.Now)
                await Task.Delay(arrives - _time.Now, _time, cancellationToken);
            if (StopsInput)
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
            var frame = AudioFrame.Rent(16_000, 160, position);
            frame.Writable.Fill(_user.IsSpeaking(at) ? (short)1_000 : (short)0);
            yield return frame;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        Assert.Equal(SampleRateHz / 100, samples.Length);
        if (HangsOutput)
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, CancellationToken.None);
        if (_nextFrame > _time.Now)
            await Task.Delay(_nextFrame - _time.Now, _time, cancellationToken);
        Frames.Add((_time.Now, samples.Span.ContainsAnyExcept((short)0)));
        _nextFrame = _time.Now + TimeSpan.FromMilliseconds(10);
    }

    public void Clear() => Clears++;

    private ValueTask Note(object shown)
    {
        if (ShowError is { } error)
            throw error;
        Shown.Add((_time.Now, shown));
        return ValueTask.CompletedTask;
    }
}
