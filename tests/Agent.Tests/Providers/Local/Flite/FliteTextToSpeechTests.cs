using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Local.Flite;

namespace Agent.Tests.Providers.Local.Flite;

public sealed class FliteTextToSpeechTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slt")]
    [InlineData("rms")]
    [InlineData("awb")]
    [InlineData("kal16")]
    public async Task Read_EveryVoice_SpeaksAtItsRate(string voice)
    {
        var samples = await LocalEngines.SayAsync("Hello, this is a test.", voice);

        Assert.InRange(samples.Length, 16_000, 3 * 16_000);
        Assert.True(samples.Max(s => Math.Abs((int)s)) > 3_000, "too quiet to be speech");
    }

    [Fact]
    public async Task Read_FirstClauseWritten_SoundsBeforeTheTextIsComplete()
    {
        await using var synthesizer = new FliteTextToSpeech("slt", new FliteOptions());
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("The first clause,", Cancellation);
        await using var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));

        sound.Current.Frame.Dispose();
        synthesis.Complete();
        while (await sound.MoveNextAsync())
            sound.Current.Frame.Dispose();
    }

    [Fact]
    public async Task Read_SeveralClauses_FollowOneAnotherWithoutGap()
    {
        var (positions, words) = await ReadAsync("Good morning. My name is Anna, and this is the second sentence. It ends here.");

        var expected = 0L;
        foreach (var (position, count) in positions)
        {
            Assert.Equal(expected, position);
            expected += count;
        }

        Assert.Equal("Good morning. My name is Anna, and this is the second sentence. It ends here.", string.Join(' ', words.Select(w => w.Text)));
        var last = TimeSpan.Zero;
        foreach (var word in words)
        {
            Assert.True(word.Start >= last - TimeSpan.FromMilliseconds(1), $"'{word.Text}' begins before the word before it has ended");
            Assert.InRange(word.End - word.Start, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1.2));
            last = word.End;
        }

        Assert.InRange(last, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(expected / 16_000.0));
    }

    [Fact]
    public async Task Read_FirstWord_BeginsAtOnce()
    {
        var (_, words) = await ReadAsync("Hello there.");

        Assert.InRange(words[0].Start, TimeSpan.Zero, TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public async Task Read_DigitsAndAbbreviations_KeepTheWrittenWord()
    {
        var (_, words) = await ReadAsync("Room 42 is free.");

        Assert.Equal(["Room", "42", "is", "free."], words.Select(w => w.Text));
    }

    [Fact]
    public async Task Read_NothingToSpeak_EndsWithoutSound()
    {
        var (positions, _) = await ReadAsync("... 😀");

        Assert.Empty(positions);
    }

    [Fact]
    public async Task Read_ManyAtOnce_LastAsLongAsOneAlone()
    {
        // flite's noise for voiceless sounds is random, so that the samples themselves differ from time to time.
        const string text = "We are going to the beach with our children next summer.";
        var alone = await LocalEngines.SayAsync(text);
        await using var synthesizer = new FliteTextToSpeech("slt", new FliteOptions { Threads = 8 });

        var together = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => LocalEngines.SayAsync(synthesizer, text))));

        Assert.All(together, samples => Assert.Equal(alone.Length, samples.Length));
    }

    [Fact]
    public async Task Dispose_InTheMiddle_FreesTheThreadForTheNext()
    {
        await using var synthesizer = new FliteTextToSpeech("slt", new FliteOptions { Threads = 1 });
        var synthesis = await synthesizer.BeginAsync(Cancellation);
        for (var i = 0; i < 20; i++)
            await synthesis.WriteAsync("A long time ago there was a little house by the sea, and an old man lived in it.", Cancellation);
        await using (var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation))
        {
            Assert.True(await sound.MoveNextAsync());
            sound.Current.Frame.Dispose();
        }

        await synthesis.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);
        await synthesis.DisposeAsync();

        Assert.NotEmpty(await LocalEngines.SayAsync(synthesizer, "Next."));
    }

    [Fact]
    public async Task Write_NobodyReads_WaitsInsteadOfGrowing()
    {
        await using var synthesizer = new FliteTextToSpeech("slt", new FliteOptions { ReadAhead = TimeSpan.FromSeconds(0.1) });
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        var writing = WriteManyAsync(synthesis, 80);

        // One text has been spoken, one waits for its turn, 64 lie in between; the rest cannot be taken.
        Assert.False(writing.IsCompleted);
        await using var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        while (await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation))
            sound.Current.Frame.Dispose();

        await writing.WaitAsync(s_patience, Cancellation);
    }

    [Fact]
    public async Task Write_AfterDispose_IsCancelled()
    {
        await using var synthesizer = new FliteTextToSpeech("slt", new FliteOptions());
        var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => await synthesis.WriteAsync("Too late.", Cancellation));
    }

    [Fact]
    public void RequireLibraries_VoiceNotInstalled_SaysWhatToInstall()
    {
        var error = Assert.Throws<ConfigurationException>(() => FliteVoice.RequireLibraries("nobody", directory: "/nowhere"));

        Assert.Contains("libflite_cmu_us_nobody.so.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libflite1", error.Message, StringComparison.Ordinal);
    }

    private static async Task WriteManyAsync(ISynthesis synthesis, int count)
    {
        for (var i = 0; i < count; i++)
            await synthesis.WriteAsync("Next.", Cancellation);
        synthesis.Complete();
    }

    private static async Task<(List<(long Position, int Count)> Positions, List<WordTiming> Words)> ReadAsync(string text)
    {
        await using var synthesizer = new FliteTextToSpeech("slt", new FliteOptions());
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync(text, Cancellation);
        synthesis.Complete();
        List<(long, int)> positions = [];
        List<WordTiming> words = [];
        await foreach (var piece in synthesis.ReadAsync(Cancellation))
        {
            using (piece.Frame)
                positions.Add((piece.Frame.Position, piece.Frame.Samples.Length));
            words.AddRange(piece.Words);
        }

        return (positions, words);
    }
}
