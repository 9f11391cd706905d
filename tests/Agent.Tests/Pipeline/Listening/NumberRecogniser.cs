using System.Globalization;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Testing;

namespace Agent.Tests.Pipeline.Listening;

/// <summary>
/// Understands sound in which each word is a run of one number: a word is understood when its run has ended. Interim after each word, final after every third and when asked.
/// Its connections break, are refused and fall dead as told.
/// </summary>
internal sealed class NumberRecogniser(ManualTimeProvider time, string name = "test/numbers") : ISpeechToText
{
    public string Name => name;

    public SpeechToTextCapabilities Capabilities { get; set; } = new(16_000, InterimResults: true, EndOfTurn: false, WordTimings: true);

    public Queue<ProviderException> Refusals { get; } = new();

    public int Opened { get; private set; }

    public int GivenUp { get; private set; }

    /// <summary>Samples pushed over all connections.</summary>
    public long Pushed { get; private set; }

    public int SpeechesBegun { get; private set; }

    private Stream? Current { get; set; }

    public void Break() => Current?.End(new ProviderException(Name, ProviderErrorKind.Connection, "gone", isTransient: true));

    public void FallDead() => Current?.FallDead();

    public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        if (Refusals.TryDequeue(out var error))
            throw error;
        Opened++;
        Current = new Stream(this);
        return ValueTask.FromResult<ISpeechToTextStream>(Current);
    }

    private sealed class Stream(NumberRecogniser owner) : ISpeechToTextStream
    {
        private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>();
        private readonly List<(int Number, long From, long To)> _words = [];
        private long _pushed;
        private int _number;
        private long _from;
        private bool _isDead;

        public SpeechUsage Usage => new(TimeSpan.FromSeconds(_pushed / 16_000.0));

        public void Push(ReadOnlySpan<short> samples)
        {
            owner.Pushed += samples.Length;
            foreach (var sample in samples)
            {
                if (sample != _number)
                {
                    if (_number != 0)
                        Understand();
                    _number = sample;
                    _from = _pushed;
                }

                _pushed++;
            }
        }

        public void Flush() => owner.Timer(() =>
        {
            Finish();
            Send(new Transcript { Kind = TranscriptKind.Flushed });
        });

        public void SpeechBegins() => owner.SpeechesBegun++;

        public void GiveUp(ProviderException error) => owner.GivenUp++;

        public async IAsyncEnumerable<Transcript> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (await _results.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_results.Reader.TryRead(out var transcript))
                    yield return transcript;
            }
        }

        public ValueTask DisposeAsync()
        {
            _isDead = true;
            return ValueTask.CompletedTask;
        }

        internal void End(Exception error)
        {
            _isDead = true;
            _results.Writer.TryComplete(error);
        }

        internal void FallDead() => _isDead = true;

        private void Understand()
        {
            _words.Add((_number, _from, _pushed));
            if (_words.Count == 3)
                Finish();
            else
                Send(Result(TranscriptKind.Interim));
        }

        private void Finish()
        {
            if (_words.Count == 0)
                return;
            Send(Result(TranscriptKind.Final));
            _words.Clear();
        }

        private Transcript Result(TranscriptKind kind) => new()
        {
            Kind = kind,
            Text = string.Join(' ', _words.Select(word => word.Number.ToString(CultureInfo.InvariantCulture))),
            Start = TimeSpan.FromSeconds(_words[0].From / 16_000.0),
            End = TimeSpan.FromSeconds(_words[^1].To / 16_000.0),
        };

        private void Send(Transcript transcript)
        {
            if (!_isDead)
                _results.Writer.TryWrite(transcript);
        }
    }

    private void Timer(Action action) => time.CreateTimer(_ => action(), null, TimeSpan.FromMilliseconds(80), Timeout.InfiniteTimeSpan);
}
