using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>Makes a constant sound of a fixed length for each word, faster than it is played.</summary>
internal sealed class ScriptedSynthesizer : ITextToSpeech
{
    private readonly ManualTimeProvider _time;

    internal ScriptedSynthesizer(ManualTimeProvider time) => _time = time;

    public string Name => "scripted/synthesizer";

    public TextToSpeechCapabilities Capabilities { get; set; } = new(24_000, WordTimings: true);

    internal TimeSpan FirstByte { get; set; } = TimeSpan.FromMilliseconds(100);

    internal TimeSpan EachWord { get; set; } = TimeSpan.FromMilliseconds(300);

    internal Exception? Error { get; set; }

    internal int Cancelled { get; private set; }

    internal List<string> Pieces { get; } = [];

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken) =>
        Error is { } error ? throw error : ValueTask.FromResult<ISynthesis>(new Synthesis(this));

    private sealed class Synthesis(ScriptedSynthesizer owner) : ISynthesis
    {
        private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();
        private bool _finished;

        public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
        {
            owner.Pieces.Add(text);
            _pieces.Writer.TryWrite(text);
            return ValueTask.CompletedTask;
        }

        public void Complete() => _pieces.Writer.TryComplete();

        public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var rate = owner.Capabilities.SampleRateHz;
            var samples = (int)(owner.EachWord.TotalSeconds * rate);
            long position = 0;
            await foreach (var piece in _pieces.Reader.ReadInContextAsync(cancellationToken))
            {
                await Task.Delay(owner.FirstByte, owner._time, cancellationToken);
                foreach (var word in piece.Split(' '))
                {
                    var frame = AudioFrame.Rent(rate, samples, position);
                    frame.Writable.Fill(500);
                    var at = TimeSpan.FromSeconds((double)position / rate);
                    position += samples;
                    yield return new SynthesizedAudio(frame, owner.Capabilities.WordTimings ? [new WordTiming(word, at, at + owner.EachWord)] : []);
                }
            }

            _finished = true;
        }

        public ValueTask DisposeAsync()
        {
            if (!_finished)
                owner.Cancelled++;
            return ValueTask.CompletedTask;
        }
    }
}
