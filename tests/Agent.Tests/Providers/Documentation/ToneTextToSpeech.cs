using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Providers.Documentation;

// The example of docs/providers.md, word for word.
internal sealed class ToneTextToSpeech(string name) : ITextToSpeech
{
    public string Name => name;

    public TextToSpeechCapabilities Capabilities { get; } = new(24_000, WordTimings: false);

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISynthesis>(new Tone(Capabilities.SampleRateHz));
    }

    private sealed class Tone(int rate) : ISynthesis
    {
        private readonly Channel<string> _texts = Channel.CreateBounded<string>(64);

        public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => _texts.Writer.WriteAsync(text, cancellationToken);

        public void Complete() => _texts.Writer.TryComplete();

        public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            long position = 0;
            await foreach (var text in _texts.Reader.ReadAllAsync(cancellationToken))
            {
                var count = text.Count(char.IsLetter) * rate / 16;
                if (count == 0)
                    continue;
                var frame = AudioFrame.Rent(rate, count, position);
                for (var i = 0; i < count; i++)
                    frame.Writable[i] = (short)(8_000 * Math.Sin(Math.Tau * 440 * (position + i) / rate));
                position += count;
                yield return new SynthesizedAudio(frame, []) { EndsPiece = true };
            }
        }

        public ValueTask DisposeAsync()
        {
            _texts.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
