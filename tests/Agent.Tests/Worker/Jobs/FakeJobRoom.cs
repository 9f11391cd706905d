using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;
using Agent.Worker.Jobs;

namespace Agent.Tests.Worker.Jobs;

/// <summary>A room in which people come and go as the test says, and nobody makes a sound.</summary>
internal sealed class FakeJobRoom(TimeProvider time) : IJobRoom, IConversationRoom, IAudioOutput, IAudioInput
{
    private readonly Channel<RoomEvent> _events = Channel.CreateUnbounded<RoomEvent>();

    public bool IsLeft { get; private set; }

    public IConversationRoom Conversation => this;

    public RoomEnd? End { get; set; }

    public IAudioOutput AudioOutput => this;

    public int SampleRateHz => 24_000;

    public void Happens(RoomEvent happened)
    {
        _events.Writer.TryWrite(happened);
        if (happened is RoomClosed)
            _events.Writer.Complete();
    }

    public void Joins(string identity) => Happens(new ParticipantJoined(new RoomParticipant { Identity = identity, Name = identity }));

    public IAudioInput ListenTo(string participantIdentity) => this;

    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        yield break;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken) =>
        await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);

    public void Clear()
    {
    }

    public ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        IsLeft = true;
        return ValueTask.CompletedTask;
    }
}
