using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Speech;

namespace Agent.Testing;

/// <summary>Makes a constant sound of a fixed length for each word, faster than it is played.</summary>
public sealed class ScriptedSynthesizer : ITextToSpeech
{
    private readonly ManualTimeProvider _time;

    /// <summary>A synthesizer with word timings.</summary>
    public ScriptedSynthesizer(ManualTimeProvider time) => _time = time;

    /// <inheritdoc/>
    public string Name => "scripted/synthesizer";

    /// <inheritdoc/>
    public TextToSpeechCapabilities Capabilities { get; set; } = new(24_000, WordTimings: true);

    /// <summary>How long each piece of text takes until its first sound.</summary>
    /// <value>Default 0.1 s.</value>
    public TimeSpan FirstByte { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The length of each word's sound.</summary>
    /// <value>Default 0.3 s.</value>
    public TimeSpan EachWord { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the making of each word's sound takes; longer than <see cref="EachWord"/> lets the agent's voice run dry.</summary>
    /// <value>Default none.</value>
    public TimeSpan EachWordTakes { get; set; }

    /// <summary>How a piece of text is said, word by word: "5" as "five", or characters where no spaces are; null says what stands between spaces.</summary>
    public Func<string, IEnumerable<string>>? Pronounce { get; set; }

    /// <summary>Silence before the first word of each piece.</summary>
    /// <value>Default none.</value>
    public TimeSpan LeadingSilence { get; set; }

    /// <summary>Whether the sound tells where each piece ends, as that of synthesizers does that speak piece by piece.</summary>
    /// <value>Default false.</value>
    public bool EndsPieces { get; set; }

    /// <summary>What beginning an utterance ends in; null begins it.</summary>
    public Exception? Error { get; set; }

    /// <summary>How many utterances were ended before their end.</summary>
    public int Cancelled { get; private set; }

    /// <summary>The pieces of text that were given, in order.</summary>
    public List<string> Pieces { get; } = [];

    /// <inheritdoc/>
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
                if (owner.LeadingSilence > TimeSpan.Zero)
                {
                    var silence = AudioFrame.Rent(rate, (int)(owner.LeadingSilence.TotalSeconds * rate), position);
                    silence.Writable.Clear();
                    position += silence.Samples.Length;
                    yield return new SynthesizedAudio(silence, []);
                }

                var words = (owner.Pronounce?.Invoke(piece) ?? piece.Split(' ')).ToList();
                for (var i = 0; i < words.Count; i++)
                {
                    if (owner.EachWordTakes > TimeSpan.Zero)
                        await Task.Delay(owner.EachWordTakes, owner._time, cancellationToken);
                    var frame = AudioFrame.Rent(rate, samples, position);
                    frame.Writable.Fill(500);
                    var at = TimeSpan.FromSeconds((double)position / rate);
                    position += samples;
                    yield return new SynthesizedAudio(frame, owner.Capabilities.WordTimings ? [new WordTiming(words[i], at, at + owner.EachWord)] : [])
                    {
                        EndsPiece = owner.EndsPieces && i == words.Count - 1,
                    };
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
