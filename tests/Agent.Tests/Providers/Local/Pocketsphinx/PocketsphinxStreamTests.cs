using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Local.Pocketsphinx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Local.Pocketsphinx;

public sealed class PocketsphinxStreamTests(LocalEngines engines) : IClassFixture<LocalEngines>
{
    private const string Sentence = "she sells fresh bread and milk in the market";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_WhileSpeaking_ShowsWordsBeforeTheEnd()
    {
        var samples = await LocalEngines.SayAsync(Sentence + ".", "rms");
        await using var stream = await engines.Recogniser.OpenAsync(Cancellation);
        stream.Push(samples.AsSpan(0, samples.Length * 3 / 4));
        await using var results = stream.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        // Nothing was flushed: what arrives now can only be interim.
        Assert.True(await results.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));
        Assert.Equal(TranscriptKind.Interim, results.Current.Kind);
        Assert.NotEmpty(results.Current.Text);
    }

    [Fact]
    public async Task Flush_AfterASentence_GivesOneFinalThenFlushed()
    {
        var samples = await LocalEngines.SayAsync(Sentence + ".", "rms");

        var results = await engines.HearAsync(samples);

        Assert.Equal([TranscriptKind.Final, TranscriptKind.Flushed], results.Where(r => r.Kind != TranscriptKind.Interim).Select(r => r.Kind));
        Assert.Equal(Sentence, LocalEngines.Finals(results));
        Assert.Equal("en-US", results.First(r => r.Kind == TranscriptKind.Final).Language);
    }

    [Fact]
    public async Task Flush_NothingSaid_IsAnsweredAlone()
    {
        await using var stream = await engines.Recogniser.OpenAsync(Cancellation);
        stream.Flush();
        Assert.Equal([TranscriptKind.Flushed], (await LocalEngines.ReadToFlushAsync(stream)).Select(r => r.Kind));

        stream.Push(new short[16_000]);
        stream.Flush();
        var silent = Assert.Single(await LocalEngines.ReadToFlushAsync(stream));
        Assert.Equal((TranscriptKind.Flushed, TimeSpan.FromSeconds(1)), (silent.Kind, silent.End));
    }

    [Fact]
    public async Task Flush_SentenceAfterSentence_KeepsTheStreamsTime()
    {
        var samples = await LocalEngines.SayAsync(Sentence + ".", "rms");
        await using var stream = await engines.Recogniser.OpenAsync(Cancellation);
        var before = 0L;
        for (var i = 0; i < 3; i++)
        {
            stream.Push(samples);
            stream.Flush();
            var final = (await LocalEngines.ReadToFlushAsync(stream)).Single(r => r.Kind == TranscriptKind.Final);

            Assert.Equal(Sentence, final.Text);
            Assert.InRange(final.Start, Time(before), Time(before) + TimeSpan.FromMilliseconds(200));
            before += samples.Length;
            Assert.InRange(final.End, Time(before) - TimeSpan.FromMilliseconds(500), Time(before));
        }
    }

    [Fact]
    public async Task Read_PauseBetweenSentences_MakesTheFirstFinalUnasked()
    {
        var samples = await LocalEngines.SayAsync(Sentence + ".", "rms");
        await using var stream = await engines.Recogniser.OpenAsync(Cancellation);
        stream.Push(samples);
        stream.Push(new short[16_000]);
        stream.Push(samples);
        stream.Push(new short[16_000]);

        var finals = new List<Transcript>();
        using var timeout = new CancellationTokenSource(s_patience);
        await foreach (var result in stream.ReadAsync(timeout.Token))
        {
            if (result.Kind == TranscriptKind.Final)
                finals.Add(result);
            if (finals.Count == 2)
                break;
        }

        Assert.Equal([Sentence, Sentence], finals.Select(f => f.Text));
        Assert.True(finals[1].Start > finals[0].End + TimeSpan.FromSeconds(0.8), $"{finals[0].End} … {finals[1].Start}");
    }

    [Fact]
    public async Task Final_OfASentence_HasTheTimeOfEachWord()
    {
        var spoken = await LocalEngines.SayAsync(Sentence + ".", "rms");
        var final = (await engines.HearAsync(spoken)).Single(r => r.Kind == TranscriptKind.Final);

        Assert.Equal(Sentence, string.Join(' ', final.Words.Select(w => w.Text)));
        Assert.All(final.Words.Zip(final.Words.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair.First} overlaps {pair.Second}"));
        Assert.InRange(final.Words[^1].End, Time(spoken.Length) - TimeSpan.FromMilliseconds(500), Time(spoken.Length));
    }

    [Fact]
    public async Task Hear_MoreSpeakersThanDecoders_EachIsUnderstood()
    {
        var samples = await LocalEngines.SayAsync(Sentence + ".", "rms");
        await using var recogniser = new PocketsphinxSpeechToText(new PocketsphinxOptions { Decoders = 2 }, NullLogger<PocketsphinxSpeechToText>.Instance);
        var streams = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => recogniser.OpenAsync(Cancellation).AsTask()));
        foreach (var stream in streams)
        {
            stream.Push(samples);
            stream.Flush();
        }

        var heard = await Task.WhenAll(streams.Select(LocalEngines.ReadToFlushAsync));

        Assert.All(heard, results => Assert.Equal(Sentence, LocalEngines.Finals(results)));
        foreach (var stream in streams)
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_InTheMiddleOfASentence_EndsTheResultsAndLeavesTheRecogniserUsable()
    {
        var samples = await LocalEngines.SayAsync(Sentence + ".", "rms");
        var stream = await engines.Recogniser.OpenAsync(Cancellation);
        stream.Push(samples.AsSpan(0, samples.Length / 2));
        var results = stream.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await results.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));

        await stream.DisposeAsync();
        await stream.DisposeAsync();
        stream.Push(samples);
        stream.Flush();

        while (await results.MoveNextAsync())
            Assert.NotEqual(TranscriptKind.Flushed, results.Current.Kind);
        Assert.Equal(Sentence, LocalEngines.Finals(await engines.HearAsync(samples)));
    }

    [Fact]
    public async Task Dispose_WhileWaitingForADecoder_Ends()
    {
        var samples = await LocalEngines.SayAsync(Sentence + ".", "rms");
        await using var recogniser = new PocketsphinxSpeechToText(new PocketsphinxOptions { Decoders = 1 }, NullLogger<PocketsphinxSpeechToText>.Instance);
        await using var holding = await recogniser.OpenAsync(Cancellation);
        holding.Push(samples.AsSpan(0, samples.Length / 2));
        await using var results = holding.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await results.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));
        var waiting = await recogniser.OpenAsync(Cancellation);
        waiting.Push(samples);

        await waiting.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);
    }

    [Fact]
    public async Task Hear_NoiseAlone_SaysNothingForLong()
    {
        var random = new Random(1);
        var noise = Enumerable.Range(0, 3 * 16_000).Select(_ => (short)random.Next(-40, 40)).ToArray();

        var results = await engines.HearAsync(noise);

        Assert.Equal([TranscriptKind.Flushed], results.Select(r => r.Kind));
    }

    [Fact]
    public void Create_DictionaryMissing_SaysWhatToInstall()
    {
        var error = Assert.Throws<ConfigurationException>(() =>
            new PocketsphinxSpeechToText(new PocketsphinxOptions { Dictionary = "/nowhere/words.dict" }, NullLogger<PocketsphinxSpeechToText>.Instance));

        Assert.Contains("/nowhere/words.dict", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install pocketsphinx-en-us", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ModelsThatTheDecoderRefuses_IsAProviderException()
    {
        var dictionary = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(dictionary, "word NOSUCHPHONE\n", Cancellation);
        try
        {
            await using var recogniser = new PocketsphinxSpeechToText(
                new PocketsphinxOptions { Dictionary = dictionary, LanguageModel = dictionary }, NullLogger<PocketsphinxSpeechToText>.Instance);

            var error = await Assert.ThrowsAsync<ProviderException>(async () => await recogniser.OpenAsync(Cancellation));

            Assert.Equal((PocketsphinxSpeechToText.ProviderName, ProviderErrorKind.BadRequest), (error.Provider, error.Kind));
        }
        finally
        {
            File.Delete(dictionary);
        }
    }

    private static TimeSpan Time(long samples) => TimeSpan.FromSeconds(samples / 16_000.0);
}
