namespace Agent.Pipeline.Rooms;

/// <summary>The agent's voice into the room.</summary>
public interface IAudioOutput
{
    /// <summary>The rate that <see cref="WriteAsync"/> takes, in samples per second.</summary>
    int SampleRateHz { get; }

    /// <summary>
    /// Sends exactly 10 ms, 16-bit mono. Completes when the next frame may be given: this is what paces playout to real time. At most
    /// one frame is held ahead of real time.
    /// </summary>
    /// <exception cref="Errors.AgentException">The room is gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken);

    /// <summary>Throws away what was written and has not been sent.</summary>
    void Clear();
}
