using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Local;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every recogniser has to do. A new one derives from this and says how it is made.</summary>
public abstract class SpeechToTextContract : IAsyncLifetime
{
    private protected const string Sentence = "she sells fresh bread and milk in the market";

    private protected static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Words of the sentence that no message of any error holds by itself.</summary>
    private protected static readonly string[] s_spokenWords = ["bread", "milk", "market"];

    private ISpeechToText? _recogniser;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ISpeechToText Recogniser => _recogniser ?? throw new InvalidOperationException("Not initialized.");

    /// <summary>Whether sound may come faster than it is spoken.</summary>
    protected virtual bool TakesSoundAtOnce => true;

    protected abstract ISpeechToText Create();

    /// <summary>Gives back what <see cref="Create"/> has made; for those that somebody else owns there is nothing to do.</summary>
    protected virtual ValueTask ReleaseAsync(ISpeechToText recogniser) => Disposal.OfAsync(recogniser);

    public virtual ValueTask InitializeAsync()
    {
        _recogniser = Create();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_recogniser is not null)
            await ReleaseAsync(_recogniser);
    }

    [Fact]
    public void Name_OfTheRecogniser_IsAProviderName() => Assert.Equal(Recogniser.Name, ProviderName.Parse(Recogniser.Name).ToString());

    [Fact]
    public async Task Flush_NothingPushed_IsAnsweredByFlushedAlone()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        stream.Flush();

        Assert.Equal([TranscriptKind.Flushed], (await LocalEngines.ReadToFlushAsync(stream)).Select(r => r.Kind));
    }

    [Fact]
    public async Task Flush_AfterSpeech_GivesTheWordsThenFlushed()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        await SpeakAsync(stream);
        stream.Flush();

        var results = await LocalEngines.ReadToFlushAsync(stream);

        Assert.Equal(TranscriptKind.Flushed, results[^1].Kind);
        Assert.Equal(Sentence, Plain(LocalEngines.Finals(results)));
        Assert.Equal(Recogniser.Capabilities.InterimResults, results.Any(r => r.Kind == TranscriptKind.Interim));
    }

    [Fact]
    public async Task Read_Results_HaveTimesWithinTheSound()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        var samples = await SpeakAsync(stream);
        stream.Flush();

        var end = TimeSpan.FromSeconds((double)samples / Recogniser.Capabilities.SampleRateHz);
        foreach (var result in (await LocalEngines.ReadToFlushAsync(stream)).Where(r => r.Kind != TranscriptKind.Flushed))
        {
            Assert.InRange(result.Start, TimeSpan.Zero, result.End);
            Assert.InRange(result.End, result.Start, end + TimeSpan.FromMilliseconds(50));
            if (result.Kind != TranscriptKind.Final || !Recogniser.Capabilities.WordTimings)
                continue;
            Assert.Equal(Plain(result.Text), Plain(string.Join(' ', result.Words.Select(w => w.Text))));
            Assert.All(result.Words, w => Assert.InRange(w.Start, result.Start, w.End));
            Assert.All(result.Words.Zip(result.Words.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair.First} overlaps {pair.Second}"));
        }
    }

    [Fact]
    public async Task Flush_Twice_IsAnsweredTwiceAndTheStreamGoesOn()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        stream.Flush();
        stream.Flush();
        Assert.Single(await LocalEngines.ReadToFlushAsync(stream));
        Assert.Single(await LocalEngines.ReadToFlushAsync(stream));

        await SpeakAsync(stream);
        stream.Flush();

        Assert.Equal(Sentence, Plain(LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream))));
    }

    [Fact]
    public async Task Open_SeveralStreams_DoNotHearOneAnother()
    {
        await using var speaking = await Recogniser.OpenAsync(Cancellation);
        await using var silent = await Recogniser.OpenAsync(Cancellation);
        await SpeakAsync(speaking);
        silent.Push(new short[Recogniser.Capabilities.SampleRateHz]);
        speaking.Flush();
        silent.Flush();

        Assert.Single(await LocalEngines.ReadToFlushAsync(silent));
        Assert.Equal(Sentence, Plain(LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(speaking))));
    }

    [Fact]
    public async Task Read_Cancelled_LeavesTheStreamUsable()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in stream.ReadAsync(cancelled.Token))
                Assert.Fail("There is nothing to read.");
        });

        stream.Flush();

        Assert.Single(await LocalEngines.ReadToFlushAsync(stream));
    }

    [Fact]
    public async Task Dispose_WithSpeechUnread_EndsReadingAndIsIdempotent()
    {
        var stream = await Recogniser.OpenAsync(Cancellation);
        await SpeakAsync(stream);
        var reading = Task.Run(
            async () =>
            {
                await foreach (var _ in stream.ReadAsync(Cancellation))
                {
                    // Whatever comes until the end.
                }
            },
            Cancellation);

        await stream.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);
        await stream.DisposeAsync();
        stream.Push(new short[160]);
        stream.Flush();

        await reading.WaitAsync(s_patience, Cancellation);
    }

    [Fact]
    public async Task Open_Cancelled_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var stream = await Recogniser.OpenAsync(new CancellationToken(canceled: true));
        });

    [Fact]
    public async Task Read_SpeechAfterSilence_HasTimesFromTheFirstSample()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        var silence = TimeSpan.FromSeconds(2);
        await PushAsync(stream, new short[(int)(silence.TotalSeconds * Recogniser.Capabilities.SampleRateHz)]);
        var samples = await SpeakAsync(stream);
        stream.Flush();

        var first = (await LocalEngines.ReadToFlushAsync(stream)).First(r => r.Kind == TranscriptKind.Final);

        var slack = TimeSpan.FromSeconds(0.6);
        Assert.InRange(first.Start, silence - slack, silence + slack);
        Assert.InRange(first.End, first.Start, silence + TimeSpan.FromSeconds((double)samples / Recogniser.Capabilities.SampleRateHz) + slack);
    }

    [Fact]
    public async Task Read_TwoSentences_ComeInTheOrderOfTheSpeech()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        await SpeakAsync(stream);
        await PushAsync(stream, new short[Recogniser.Capabilities.SampleRateHz]);
        stream.Flush();
        await SpeakAsync(stream);
        stream.Flush();

        IReadOnlyList<Transcript> results = [.. await LocalEngines.ReadToFlushAsync(stream), .. await LocalEngines.ReadToFlushAsync(stream)];

        Assert.Equal($"{Sentence} {Sentence}", Plain(LocalEngines.Finals(results)));
        var finals = results.Where(r => r.Kind == TranscriptKind.Final).ToList();
        Assert.All(finals.Zip(finals.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair.Second.Start} is before {pair.First.End}"));
    }

    [Fact]
    public async Task Flush_WhileAnotherThreadPushes_IsAnsweredOnceEach()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        await SpeakAsync(stream);
        using var enough = new CancellationTokenSource();
        var pushing = Task.Run(
            () =>
            {
                var silence = new short[160];
                for (var i = 0; i < 500 && !enough.IsCancellationRequested; i++)
                    stream.Push(silence);
            },
            Cancellation);
        for (var i = 0; i < 3; i++)
            stream.Flush();
        await pushing;
        await enough.CancelAsync();

        List<Transcript> results = [];
        for (var i = 0; i < 3; i++)
            results.AddRange(await LocalEngines.ReadToFlushAsync(stream));
        stream.Flush();

        Assert.Equal(Sentence, Plain(LocalEngines.Finals(results)));
        Assert.Equal([TranscriptKind.Flushed], (await LocalEngines.ReadToFlushAsync(stream)).Select(r => r.Kind));
    }

    [Fact]
    public async Task Read_SpeechThenSilence_EndsTheTurnWhereTheRecogniserSaysSo()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        await SpeakAsync(stream);
        await PushAsync(stream, new short[4 * Recogniser.Capabilities.SampleRateHz]);
        if (!Recogniser.Capabilities.EndOfTurn)
            stream.Flush();

        List<Transcript> results = [];
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(s_patience);
        await foreach (var result in stream.ReadAsync(timeout.Token))
        {
            results.Add(result);
            if (result.Kind is TranscriptKind.EndOfTurn or TranscriptKind.Flushed)
                break;
        }

        Assert.Equal(Recogniser.Capabilities.EndOfTurn ? TranscriptKind.EndOfTurn : TranscriptKind.Flushed, results[^1].Kind);
        Assert.Equal(Sentence, Plain(LocalEngines.Finals(results)));
    }

    private protected static string Plain(string text) => new([.. text.ToLowerInvariant().Where(c => c is ' ' or '\'' || char.IsAsciiLetterOrDigit(c))]);

    /// <summary>Says the sentence, and tells of the voice as a session does: when the detector is sure of it.</summary>
    /// <returns>How many samples it has.</returns>
    private protected async Task<int> SpeakAsync(ISpeechToTextStream stream)
    {
        var samples = await SpeechAsync();
        var sure = Math.Min(samples.Length, Recogniser.Capabilities.SampleRateHz / 4);
        await PushAsync(stream, samples.AsMemory(0, sure));
        stream.SpeechBegins();
        await PushAsync(stream, samples.AsMemory(sure));
        return samples.Length;
    }

    /// <summary>In pieces, through a buffer that is used again: what the stream keeps it has to copy.</summary>
    private protected async Task PushAsync(ISpeechToTextStream stream, ReadOnlyMemory<short> samples)
    {
        var buffer = new short[480];
        var begun = TimeProvider.System.GetTimestamp();
        var pushed = TimeSpan.Zero;
        while (!samples.IsEmpty)
        {
            var count = Math.Min(buffer.Length, samples.Length);
            samples.Span[..count].CopyTo(buffer);
            stream.Push(buffer.AsSpan(0, count));
            buffer.AsSpan().Fill(short.MaxValue);
            samples = samples[count..];
            pushed += TimeSpan.FromSeconds((double)count / Recogniser.Capabilities.SampleRateHz);
            if (!TakesSoundAtOnce && pushed - TimeProvider.System.GetElapsedTime(begun) is var ahead && ahead > TimeSpan.Zero)
                await Task.Delay(ahead, TimeProvider.System, Cancellation);
        }
    }

    private protected async Task<short[]> SpeechAsync()
    {
        var spoken = await LocalEngines.SayAsync(Sentence + ".", "rms");
        if (Recogniser.Capabilities.SampleRateHz == 16_000)
            return spoken;
        var resampler = new Resampler(16_000, Recogniser.Capabilities.SampleRateHz);
        var converted = new short[resampler.MaxOutput(spoken.Length)];
        return converted[..resampler.Process(spoken, converted)];
    }
}
