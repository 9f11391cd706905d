using System.Threading.Channels;
using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Providers.AssemblyAi;

/// <summary>Misses the first demand for the end of a turn, and tells its words at the second.</summary>
internal sealed class LateRecogniser(string words) : IRecogniserEngine
{
    public IRecogniserRun Begin(int sampleRateHz) => new Run(words);

    private sealed class Run(string words) : IRecogniserRun
    {
        private readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();
        private int _flushes;

        public void Push(ReadOnlySpan<short> samples)
        {
        }

        public void Flush()
        {
            if (++_flushes == 1)
                return;
            var second = TimeSpan.FromSeconds(1);
            _heard.Writer.TryWrite(new Heard(HeardKind.Final, TimeSpan.Zero, second, [new WordTiming(words, TimeSpan.Zero, second)]));
            for (; _flushes > 0; _flushes--)
                _heard.Writer.TryWrite(new Heard(HeardKind.Flushed, second, second, []));
        }

        public IAsyncEnumerable<Heard> ReadAsync(CancellationToken cancellationToken) => _heard.Reader.ReadAllAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            _heard.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
