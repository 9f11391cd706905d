using System.Runtime.CompilerServices;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Engines;

/// <summary>Hears with a recogniser that runs on this machine.</summary>
/// <param name="recogniser">The recogniser.</param>
internal sealed class LocalRecogniser(ISpeechToText recogniser) : IRecogniserEngine
{
    public IRecogniserRun Begin(int sampleRateHz) => new Run(recogniser, sampleRateHz);

    private sealed class Run : IRecogniserRun
    {
        private readonly Resampler _resampler;
        private readonly Task<ISpeechToTextStream> _stream;
        private short[] _resampled = [];

        internal Run(ISpeechToText recogniser, int sampleRateHz)
        {
            _resampler = new Resampler(sampleRateHz, recogniser.Capabilities.SampleRateHz);
            _stream = recogniser.OpenAsync(CancellationToken.None).AsTask();
        }

        public void Push(ReadOnlySpan<short> samples)
        {
            for (var stream = _stream.GetAwaiter().GetResult(); !samples.IsEmpty; samples = samples[Math.Min(512, samples.Length)..])
            {
                var piece = samples[..Math.Min(512, samples.Length)];
                if (_resampled.Length < _resampler.MaxOutput(piece.Length))
                    _resampled = new short[_resampler.MaxOutput(512)];
                stream.Push(_resampled.AsSpan(0, _resampler.Process(piece, _resampled)));
            }
        }

        public void Flush() => _stream.GetAwaiter().GetResult().Flush();

        public async IAsyncEnumerable<Heard> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var isSpeaking = false;
            await foreach (var heard in (await _stream).ReadAsync(cancellationToken))
            {
                if (heard.Kind == TranscriptKind.Flushed)
                {
                    yield return new Heard(HeardKind.Flushed, heard.End, heard.End, []);
                    continue;
                }

                if (heard.Text.Length == 0)
                    continue;
                if (!isSpeaking)
                {
                    isSpeaking = true;
                    yield return new Heard(HeardKind.SpeechStarted, heard.Start, heard.Start, []);
                }

                yield return new Heard(heard.Kind == TranscriptKind.Final ? HeardKind.Final : HeardKind.Interim, heard.Start, heard.End, Words(heard));
                if (heard.Kind != TranscriptKind.Final)
                    continue;
                isSpeaking = false;
                yield return new Heard(HeardKind.SpeechEnded, heard.End, heard.End, []);
            }
        }

        public async ValueTask DisposeAsync() => await (await _stream).DisposeAsync();

        private static IReadOnlyList<WordTiming> Words(Transcript heard)
        {
            if (heard.Words.Count > 0)
                return heard.Words;
            var words = heard.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var each = words.Length == 0 ? TimeSpan.Zero : (heard.End - heard.Start) / words.Length;
            return [.. words.Select((word, i) => new WordTiming(word, heard.Start + (each * i), heard.Start + (each * (i + 1))))];
        }
    }
}
