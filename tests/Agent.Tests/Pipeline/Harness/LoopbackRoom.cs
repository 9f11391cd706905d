using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>A room in memory at real time: what the user says is real speech, what the agent sends is kept.</summary>
internal sealed class LoopbackRoom : IConversationRoom, IAudioInput, IAudioOutput
{
    private readonly Channel<RoomEvent> _events = Channel.CreateUnbounded<RoomEvent>();
    private readonly Channel<short[]> _sayings = Channel.CreateUnbounded<short[]>();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private TimeSpan _nextFrame;

    internal LoopbackRoom() => _events.Writer.TryWrite(new ParticipantJoined(new RoomParticipant { Identity = "user" }));

    public int SampleRateHz => 48_000;

    public IAudioOutput AudioOutput => this;

    /// <summary>What the agent has sent, at 48 kHz. Read it when the session is over.</summary>
    internal List<short> Heard { get; } = [];

    /// <summary>When each loud frame of the agent was sent.</summary>
    internal List<TimeSpan> LoudAt { get; } = [];

    internal TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Lets the user speak, as soon as what the user says already is said.</summary>
    internal void Say(short[] samples) => _sayings.Writer.TryWrite(samples);

    public IAudioInput ListenTo(string participantIdentity) => this;

    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        short[] saying = [];
        var said = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), _time);
        var began = _time.GetTimestamp();
        for (long position = 0; await timer.WaitForNextTickAsync(cancellationToken);)
        {
            // A late tick brings all the frames that are due by now.
            while (position / 16_000.0 + 0.01 <= _time.GetElapsedTime(began).TotalSeconds)
            {
                if (said >= saying.Length && _sayings.Reader.TryRead(out var next))
                    (saying, said) = (next, 0);

                var frame = AudioFrame.Rent(16_000, 160, position);
                frame.Writable.Clear();
                var take = Math.Min(160, saying.Length - said);
                saying.AsSpan(said, take).CopyTo(frame.Writable);
                said += take;
                position += 160;
                yield return frame;
            }
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        var now = _time.GetElapsedTime(_start);
        if (_nextFrame > now)
            await Task.Delay(_nextFrame - now, _time, cancellationToken);
        now = _time.GetElapsedTime(_start);
        _nextFrame = (_nextFrame > now - TimeSpan.FromMilliseconds(50) ? _nextFrame : now) + TimeSpan.FromMilliseconds(10);
        Heard.AddRange(samples.Span);
        if (samples.Span.ContainsAnyExceptInRange((short)-300, (short)300))
            LoudAt.Add(now);
    }

    public void Clear()
    {
    }
}
