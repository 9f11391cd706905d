using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Providers.Matrix;

/// <summary>A synthesizer without a network, over an engine of the loopback vendors: what stands beside the vendor that is looked at.</summary>
internal sealed class EngineVoice(string name, ISynthesizerEngine engine) : ITextToSpeech
{
    private int _utterances;

    public string Name => name;

    /// <summary>How many utterances were begun.</summary>
    public int Utterances => Volatile.Read(ref _utterances);

    public TextToSpeechCapabilities Capabilities { get; } = new(24_000, WordTimings: true);

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _utterances);
        return ValueTask.FromResult<ISynthesis>(new Synthesis(engine, Capabilities.SampleRateHz));
    }

    private sealed class Synthesis(ISynthesizerEngine engine, int rate) : ISynthesis
    {
        private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();

        public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => _pieces.Writer.WriteAsync(text, cancellationToken);

        public void Complete() => _pieces.Writer.TryComplete();

        public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            long position = 0;
            await foreach (var text in _pieces.Reader.ReadAllAsync(cancellationToken))
            {
                var speech = await engine.SpeakAsync(text, rate, cancellationToken);
                if (speech.Samples.Length == 0)
                    continue;
                var at = TimeSpan.FromSeconds((double)position / rate);
                var frame = AudioFrame.Rent(rate, speech.Samples.Length, position);
                speech.Samples.CopyTo(frame.Writable);
                position += speech.Samples.Length;
                yield return new SynthesizedAudio(frame, [.. speech.Words.Select(word => word with { Start = at + word.Start, End = at + word.End })]);
            }
        }

        public ValueTask DisposeAsync()
        {
            _pieces.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
