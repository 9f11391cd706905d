using System.Runtime.CompilerServices;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Recordings.Sound;

/// <summary>A room whose sound is recorded on its way, both sides; without a recording of sound there is no such thing in the way.</summary>
internal sealed class RecordedRoom : IConversationRoom, IAudioOutput
{
    private readonly IConversationRoom _room;
    private readonly SessionClock _clock;

    internal RecordedRoom(IConversationRoom room, SessionClock clock)
    {
        _room = room;
        _clock = clock;
        Agent = new SoundTrack("agent", room.AudioOutput.SampleRateHz);
    }

    /// <summary>What was heard of whoever was listened to: 16 kHz.</summary>
    internal SoundTrack User { get; } = new("user", 16_000);

    /// <summary>What the agent has sent, at the room's rate.</summary>
    internal SoundTrack Agent { get; }

    public IAudioOutput AudioOutput => this;

    public int SampleRateHz => _room.AudioOutput.SampleRateHz;

    public IAudioInput ListenTo(string participantIdentity) => new Input(_room.ListenTo(participantIdentity), this);

    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken) => _room.ReadEventsAsync(cancellationToken);

    public ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken) => _room.ShowAsync(caption, cancellationToken);

    public ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken) => _room.ShowAsync(caption, cancellationToken);

    public ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken) => _room.ShowAsync(state, cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        Agent.Add(_clock.Now, samples.Span);
        return _room.AudioOutput.WriteAsync(samples, cancellationToken);
    }

    public void Clear() => _room.AudioOutput.Clear();

    private sealed class Input(IAudioInput input, RecordedRoom owner) : IAudioInput
    {
        public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            TimeSpan? start = null;
            await foreach (var frame in input.ReadAsync(cancellationToken))
            {
                var at = TimeSpan.FromSeconds((double)frame.Position / frame.SampleRateHz);
                start ??= owner._clock.Now - at - TimeSpan.FromMilliseconds(10);
                owner.User.Add(start.Value + at, frame.Samples.Span);
                yield return frame;
            }
        }
    }
}
