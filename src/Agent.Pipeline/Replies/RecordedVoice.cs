using System.Runtime.CompilerServices;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Replies;

/// <summary>Speaks one recording, in the place of a synthesizer.</summary>
internal sealed class RecordedVoice : ITextToSpeech
{
    private readonly RecordedSpeech _speech;

    internal RecordedVoice(RecordedSpeech speech)
    {
        _speech = speech;
        Capabilities = new TextToSpeechCapabilities(speech.SampleRateHz, speech.Words.Count > 0);
    }

    public string Name => "recording";

    public TextToSpeechCapabilities Capabilities { get; }

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ISynthesis>(new Synthesis(_speech));

    private sealed class Synthesis(RecordedSpeech speech) : ISynthesis
    {
        public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Complete()
        {
        }

        public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            // A second at a time: the reader waits where it is far ahead of playout.
            for (var at = 0; at < speech.Samples.Length; at += speech.SampleRateHz)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = speech.Samples[at..Math.Min(at + speech.SampleRateHz, speech.Samples.Length)];
                var frame = AudioFrame.Rent(speech.SampleRateHz, piece.Length, at);
                piece.Span.CopyTo(frame.Writable);
                yield return new SynthesizedAudio(frame, at == 0 ? speech.Words : []);
            }

            await Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
