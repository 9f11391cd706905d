namespace Agent.LoopbackVendors.Engines;

/// <summary>One client's audio on its way to words. One writer, one reader.</summary>
public interface IRecogniserRun : IAsyncDisposable
{
    /// <summary>Takes the next samples; never waits.</summary>
    void Push(ReadOnlySpan<short> samples);

    /// <summary>Asks for the final words of everything pushed so far; ends in one <see cref="HeardKind.Flushed"/>.</summary>
    void Flush();

    /// <summary>What is heard, in order, until disposed.</summary>
    IAsyncEnumerable<Heard> ReadAsync(CancellationToken cancellationToken);
}
