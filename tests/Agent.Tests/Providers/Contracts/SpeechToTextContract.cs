using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Local;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every recogniser has to do. A new one derives from this and says how it is made.</summary>
public abstract class SpeechToTextContract : IAsyncLifetime
{
    private const string Sentence = "she sells fresh bread and milk in the market";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private ISpeechToText? _recogniser;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ISpeechToText Recogniser => _recogniser ?? throw new InvalidOperationException("Not initialized.");

    protected abstract ISpeechToText Create();

    public ValueTask InitializeAsync()
    {
        _recogniser = Create();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Disposal.OfAsync(_recogniser);
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
        Push(stream, await SpeechAsync());
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
        var samples = await SpeechAsync();
        Push(stream, samples);
        stream.Flush();

        var end = TimeSpan.FromSeconds((double)samples.Length / Recogniser.Capabilities.SampleRateHz);
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

        Push(stream, await SpeechAsync());
        stream.Flush();

        Assert.Equal(Sentence, Plain(LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream))));
    }

    [Fact]
    public async Task Open_SeveralStreams_DoNotHearOneAnother()
    {
        await using var speaking = await Recogniser.OpenAsync(Cancellation);
        await using var silent = await Recogniser.OpenAsync(Cancellation);
        Push(speaking, await SpeechAsync());
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
        Push(stream, await SpeechAsync());
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

    private static string Plain(string text) => new([.. text.ToLowerInvariant().Where(c => c is ' ' or '\'' || char.IsAsciiLetterOrDigit(c))]);

    /// <summary>In pieces, through a buffer that is used again: what the stream keeps it has to copy.</summary>
    private static void Push(ISpeechToTextStream stream, ReadOnlySpan<short> samples)
    {
        var buffer = new short[480];
        while (!samples.IsEmpty)
        {
            var count = Math.Min(buffer.Length, samples.Length);
            samples[..count].CopyTo(buffer);
            stream.Push(buffer.AsSpan(0, count));
            buffer.AsSpan().Fill(short.MaxValue);
            samples = samples[count..];
        }
    }

    private async Task<short[]> SpeechAsync()
    {
        var spoken = await LocalEngines.SayAsync(Sentence + ".", "rms");
        if (Recogniser.Capabilities.SampleRateHz == 16_000)
            return spoken;
        var resampler = new Resampler(16_000, Recogniser.Capabilities.SampleRateHz);
        var converted = new short[resampler.MaxOutput(spoken.Length)];
        return converted[..resampler.Process(spoken, converted)];
    }
}
