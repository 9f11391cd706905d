using Agent.Pipeline.Rooms;

namespace Agent.LiveKit.Rtc.Conversation;

/// <summary>The agent's voice into a LiveKit room.</summary>
internal sealed class RoomAudioOutput(Room room, AudioSource source) : IAudioOutput
{
    public int SampleRateHz => source.SampleRateHz;

    public ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken) =>
        room.IsClosed ? ValueTask.FromException(room.Closed()) : source.WriteAsync(samples, cancellationToken);

    public void Clear() => source.Clear();
}
