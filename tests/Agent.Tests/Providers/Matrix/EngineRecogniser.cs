using System.Runtime.CompilerServices;
using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Providers.Matrix;

/// <summary>A recogniser without a network, over an engine of the loopback vendors: what stands beside the vendor that is looked at.</summary>
internal sealed class EngineRecogniser(string name, IRecogniserEngine engine) : ISpeechToText
{
    private int _streams;

    public string Name => name;

    /// <summary>How many streams were opened.</summary>
    public int Streams => Volatile.Read(ref _streams);

    public SpeechToTextCapabilities Capabilities { get; } = new(16_000, InterimResults: true, EndOfTurn: false, WordTimings: true);

    public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _streams);
        return ValueTask.FromResult<ISpeechToTextStream>(new Stream(engine.Begin(Capabilities.SampleRateHz)));
    }

    private sealed class Stream(IRecogniserRun run) : ISpeechToTextStream
    {
        // The session flushes on one thread and pushes on another; the engine knows one writer.
        private readonly Lock _gate = new();

        public void Push(ReadOnlySpan<short> samples)
        {
            lock (_gate)
                run.Push(samples);
        }

        public void Flush()
        {
            lock (_gate)
                run.Flush();
        }

        public async IAsyncEnumerable<Transcript> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var heard in run.ReadAsync(cancellationToken))
            {
                TranscriptKind? kind = heard.Kind switch
                {
                    HeardKind.Interim => TranscriptKind.Interim,
                    HeardKind.Final => TranscriptKind.Final,
                    HeardKind.Flushed => TranscriptKind.Flushed,
                    _ => null,
                };
                if (kind is { } known)
                    yield return new Transcript { Kind = known, Text = known == TranscriptKind.Flushed ? "" : heard.Text, Start = heard.Start, End = heard.End, Words = heard.Words };
            }
        }

        public ValueTask DisposeAsync() => run.DisposeAsync();
    }
}
