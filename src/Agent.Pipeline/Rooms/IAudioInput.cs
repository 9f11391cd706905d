using Agent.Pipeline.Audio;

namespace Agent.Pipeline.Rooms;

/// <summary>One person's voice as it comes from the room.</summary>
public interface IAudioInput
{
    /// <summary>
    /// 10 ms frames of 16 kHz mono (160 samples), each owned by the reader, until the person's audio ends. Positions are gapless:
    /// time in which nothing arrived is skipped in <see cref="AudioFrame.Position"/>, never filled. When the reader is late the
    /// oldest frames are dropped and counted.
    /// </summary>
    IAsyncEnumerable<AudioFrame> ReadAsync(CancellationToken cancellationToken);
}
