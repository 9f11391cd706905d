using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;

namespace Agent.Tests.Providers.Matrix;

/// <summary>A room without a network, in real time: one person whose voice is switched on and off, and an ear for the agent's. For conversations over real sockets.</summary>
internal sealed class LiveRoom : IConversationRoom, IAudioOutput, IAudioInput
{
    private const int InputRateHz = 16_000;

    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Channel<RoomEvent> _events = Channel.CreateUnbounded<RoomEvent>();
    private readonly ConcurrentQueue<AgentCaption> _captions = new();
    private readonly AgentEar _ear = new();
    private readonly long _begun;
    private TimeSpan _nextFrame;
    private volatile bool _isSpeaking;

    public LiveRoom()
    {
        _begun = _time.GetTimestamp();
        _events.Writer.TryWrite(new ParticipantJoined(new RoomParticipant { Identity = "user" }));
    }

    public IAudioOutput AudioOutput => this;

    public int SampleRateHz => 24_000;

    /// <summary>The time since the room was opened.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_begun);

    /// <summary>What was heard of the agent.</summary>
    public AgentEar Ear => _ear;

    /// <summary>What the agent has said so far, by its captions, one line for each utterance.</summary>
    public string AgentSaid => string.Concat(_captions.Select(caption => caption.IsFinal ? caption.Delta + "|" : caption.Delta));

    /// <summary>Lets the person speak until <see cref="Hush"/>.</summary>
    public void Speak() => _isSpeaking = true;

    /// <summary>Ends the person's speech.</summary>
    public void Hush() => _isSpeaking = false;

    public IAudioInput ListenTo(string participantIdentity) => this;

    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken)
    {
        _captions.Enqueue(caption);
        return ValueTask.CompletedTask;
    }

    public ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = Now;
        using var timer = new PeriodicTimer(s_frame, _time);
        for (long position = 0; ;)
        {
            while (start + TimeSpan.FromSeconds((double)(position + (InputRateHz / 100)) / InputRateHz) <= Now)
            {
                var frame = AudioFrame.Rent(InputRateHz, InputRateHz / 100, position);
                frame.Writable.Fill(_isSpeaking ? (short)4_000 : (short)0);
                position += InputRateHz / 100;
                yield return frame;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        if (_nextFrame > Now)
            await Task.Delay(_nextFrame - Now, _time, cancellationToken);
        _ear.Hear(Now, samples.Span);

        // Behind by more than a few frames, nothing is made up for: a room that was late stays late.
        _nextFrame = (_nextFrame < Now - (5 * s_frame) ? Now : _nextFrame) + s_frame;
    }

    public void Clear()
    {
        // Nothing is held back.
    }
}
