using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Providers.Fallback;
using Agent.Testing;
using Agent.Tests.Pipeline.Listening;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Fallback;

/// <summary>A list of recognisers under one participant's speech.</summary>
public sealed class FallbackSpeechToTextTests : IRecogniserListener
{
    private static readonly ProviderException s_refused = new("test/one", ProviderErrorKind.Connection, "refused", isTransient: true);

    private readonly VirtualWorld _world = new();
    private readonly List<string> _finals = [];
    private readonly List<string> _replaced = [];
    private readonly NumberRecogniser _first;
    private readonly NumberRecogniser _second;
    private readonly List<(int Frame, Action Do)> _cues = [];

    public FallbackSpeechToTextTests()
    {
        _first = new NumberRecogniser(_world.Time, "test/one");
        _second = new NumberRecogniser(_world.Time, "test/two");
    }

    [Fact]
    public void First_BreaksInMidTurn_TheNextHearsWhatWasNotUnderstoodAndTheFirstReturnsWhenItIsWell()
    {
        _cues.Add((170, () =>
        {
            for (var i = 0; i < 2; i++)
                _first.Refusals.Enqueue(s_refused);
            _first.Break();
        }
        ));
        Listen(words: 8, frames: 2_000, flushes: [320, 1_900]);
        Assert.Equal("1 2 3 4 5 6 7 8", string.Join(' ', _finals));
        Assert.Equal(1, _second.Opened);

        // At first, for the probe, and for the next stream.
        Assert.Equal(3, _first.Opened);
    }

    [Fact]
    public void First_FallsDead_IsPutAside()
    {
        _cues.Add((100, _first.FallDead));
        Listen(words: 8, frames: 540, flushes: [320]);
        Assert.Equal("1 2 3 4 5 6 7 8", string.Join(' ', _finals));
        Assert.Equal(1, _second.Opened);
    }

    [Fact]
    public void First_Refuses_WhoTookOverIsTold()
    {
        _first.Refusals.Enqueue(s_refused);
        Listen(words: 2, frames: 150, flushes: [140]);
        Assert.Equal(["test/one → test/two"], _replaced);
    }

    [Fact]
    public void Next_WantsAnotherRate_IsGivenIt()
    {
        var second = new RateRecogniser();
        var list = List(_first, second);
        _first.Refusals.Enqueue(s_refused);
        Listen(words: 0, frames: 100, flushes: [], list);
        Assert.Equal(16_000, list.Capabilities.SampleRateHz);
        Assert.InRange(second.Pushed, 23_500, 24_000);
    }

    [Fact]
    public void All_Refuse_SaysWhoAndWhy()
    {
        _first.Refusals.Enqueue(s_refused);
        _second.Refusals.Enqueue(new ProviderException("test/two", ProviderErrorKind.Quota, "used up"));
        var list = List(_first, _second);
        var error = Assert.Throws<ProviderException>(() => _world.Run(async () => await list.OpenAsync(CancellationToken.None), TimeSpan.FromMinutes(1)));
        Assert.Contains("test/one (Connection); test/two (Quota)", error.Message, StringComparison.Ordinal);
        Assert.Equal(ProviderErrorKind.Quota, error.Kind);
    }

    void IRecogniserListener.OnTranscript(Transcript transcript, long start, long end)
    {
        if (transcript.Kind == TranscriptKind.Final)
            _finals.Add(transcript.Text);
    }

    void IRecogniserListener.OnRecogniserFailed(ProviderException error)
    {
    }

    void IRecogniserListener.OnFlushGivenUp()
    {
    }

    void IRecogniserListener.OnRecogniserReplaced(ProviderException error, string by) => _replaced.Add($"{error.Provider} → {by}");

    private FallbackSpeechToText List(ISpeechToText first, ISpeechToText second)
    {
        var lists = new SpeechToTextLists(new FallbackOptions(), _world.Time, NullLogger.Instance);
        return (FallbackSpeechToText)lists.Make(
        [
            new FallbackCandidate<ISpeechToText>(first, lists.Watch("test/one", first)),
            new FallbackCandidate<ISpeechToText>(second, lists.Watch("test/two", second)),
        ]);
    }

    private void Listen(int words, int frames, int[] flushes, ISpeechToText? list = null) => _world.Run(
        async () =>
        {
            var recogniser = new Recogniser(list ?? List(_first, _second), new SessionClock(_world.Time), this);
            using var stop = new CancellationTokenSource();
            var running = recogniser.RunAsync(stop.Token);
            var samples = new short[160];
            for (var i = 0; i < frames; i++)
            {
                samples.AsSpan().Fill((short)(words > 0 && i >= 50 && i < 50 + words * 30 ? (i - 50) / 30 + 1 : 0));
                if (i == 60 && words > 0)
                    recogniser.SpeechBegins();
                if (i == 55 + words * 30 && words > 0)
                    recogniser.SpeechEnds();
                recogniser.Push(samples, i * 160L);
                if (flushes.Contains(i))
                    Assert.True(recogniser.TryFlush());
                foreach (var (_, action) in _cues.Where(cue => cue.Frame == i))
                    action();
                await Task.Delay(TimeSpan.FromMilliseconds(10), _world.Time);
            }

            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            return true;
        },
        TimeSpan.FromMinutes(5));

    private sealed class RateRecogniser : ISpeechToText, ISpeechToTextStream
    {
        public string Name => "test/two";

        public SpeechToTextCapabilities Capabilities { get; } = new(24_000, InterimResults: true, EndOfTurn: false, WordTimings: false);

        internal int Pushed { get; private set; }

        public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ISpeechToTextStream>(this);

        public void Push(ReadOnlySpan<short> samples) => Pushed += samples.Length;

        public void Flush()
        {
        }

        public async IAsyncEnumerable<Transcript> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Channel.CreateUnbounded<Transcript>().Reader.WaitToReadAsync(cancellationToken);
            yield break;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
