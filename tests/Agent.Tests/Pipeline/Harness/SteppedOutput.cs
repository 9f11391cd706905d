using Agent.Pipeline.Rooms;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>A room's output that takes a frame whenever the test says so.</summary>
internal sealed class SteppedOutput : IAudioOutput
{
    private readonly SteppedSource<bool> _source = new();

    public int SampleRateHz => 16_000;

    internal int Frames { get; private set; }

    internal int Clears { get; private set; }

    internal short FirstSample { get; private set; }

    internal short LastSample { get; private set; }

    internal bool IsWritten => _source.IsAwaited;

    internal void Step() => _source.Step(result: true);

    public ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        Frames++;
        FirstSample = samples.Span[0];
        LastSample = samples.Span[^1];
        return _source.WaitAsync();
    }

    public void Clear() => Clears++;
}
