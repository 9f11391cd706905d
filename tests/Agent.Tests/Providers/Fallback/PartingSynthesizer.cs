using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Providers.Fallback;

/// <summary>Speaks each word as 0.2 s of the number of its letters' sum, and fails where it is told to: when it begins, before a sound, or after some words.</summary>
internal sealed class PartingSynthesizer(string name, TimeProvider time, int sampleRateHz = 24_000) : ITextToSpeech
{
    internal static readonly TimeSpan EachWord = TimeSpan.FromMilliseconds(200);

    public string Name => name;

    public TextToSpeechCapabilities Capabilities { get; init; } = new(sampleRateHz, WordTimings: true);

    public Exception? BeginError { get; set; }

    /// <summary>After how many words it fails; null never.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>Whether it makes no sound and says nothing about it.</summary>
    public bool Hangs { get; set; }

    public bool EndsPieces { get; init; }

    public List<string> Written { get; } = [];

    public int Begun { get; private set; }

    public int Disposed { get; private set; }

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        Begun++;
        return BeginError is { } error ? throw error : ValueTask.FromResult<ISynthesis>(new Synthesis(this, time));
    }

    private sealed class Synthesis(PartingSynthesizer owner, TimeProvider time) : ISynthesis
    {
        private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();
        private long _characters;

        public SpeechUsage Usage => new(TimeSpan.Zero, _characters);

        public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
        {
            owner.Written.Add(text);
            _characters += text.Length;
            _pieces.Writer.TryWrite(text);
            return ValueTask.CompletedTask;
        }

        public void Complete() => _pieces.Writer.TryComplete();

        public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var rate = owner.Capabilities.SampleRateHz;
            var said = 0;
            long position = 0;
            while (await _pieces.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_pieces.Reader.TryRead(out var piece))
                {
                    if (owner.Hangs)
                        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                    await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
                    var words = piece.Split(' ');
                    for (var i = 0; i < words.Length; i++)
                    {
                        if (said++ == owner.FailsAfter)
                            throw new ProviderException(owner.Name, ProviderErrorKind.Connection, "gone", isTransient: true);
                        var frame = AudioFrame.Rent(rate, (int)(rate * EachWord.TotalSeconds), position);
                        frame.Writable.Fill((short)(1_000 + words[i].Length));
                        var at = TimeSpan.FromSeconds((double)position / rate);
                        position += frame.Samples.Length;

                        // Vendors tell the times of words before their sound.
                        IReadOnlyList<WordTiming> timings = owner.Capabilities.WordTimings && i == 0
                            ? [.. words.Select((word, n) => new WordTiming(word, at + n * EachWord, at + (n + 1) * EachWord))]
                            : [];
                        yield return new SynthesizedAudio(frame, timings) { EndsPiece = owner.EndsPieces && i == words.Length - 1 };
                    }
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            owner.Disposed++;
            return ValueTask.CompletedTask;
        }
    }
}
