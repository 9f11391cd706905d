using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every synthesizer has to do. A new one derives from this and says how it is made.</summary>
public abstract class TextToSpeechContract : IAsyncLifetime
{
    private static readonly string[] s_pieces = ["She sells fresh bread", " and milk in the market.", " We are going to the beach with our children next summer."];

    private protected static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Written words that no message of any error holds by itself.</summary>
    private protected static readonly string[] s_writtenWords = ["bread", "milk", "market", "beach"];

    private ITextToSpeech? _synthesizer;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ITextToSpeech Synthesizer => _synthesizer ?? throw new InvalidOperationException("Not initialized.");

    protected abstract ITextToSpeech Create();

    /// <summary>Gives back what <see cref="Create"/> has made; for those that somebody else owns there is nothing to do.</summary>
    protected virtual ValueTask ReleaseAsync(ITextToSpeech synthesizer) => Disposal.OfAsync(synthesizer);

    public virtual ValueTask InitializeAsync()
    {
        _synthesizer = Create();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_synthesizer is not null)
            await ReleaseAsync(_synthesizer);
    }

    [Fact]
    public void Name_OfTheSynthesizer_IsAProviderName() => Assert.Equal(Synthesizer.Name, ProviderName.Parse(Synthesizer.Name).ToString());

    [Fact]
    public async Task Read_SeveralPieces_IsOneUnbrokenUtterance()
    {
        var (frames, words) = await SpeakAsync(s_pieces);

        var position = 0L;
        foreach (var (at, count, rate) in frames)
        {
            Assert.Equal((position, Synthesizer.Capabilities.SampleRateHz), (at, rate));
            position += count;
        }

        var duration = TimeSpan.FromSeconds((double)position / Synthesizer.Capabilities.SampleRateHz);
        Assert.InRange(duration, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12));
        if (!Synthesizer.Capabilities.WordTimings)
        {
            Assert.Empty(words);
            return;
        }

        Assert.Equal(string.Concat(s_pieces), string.Join(' ', words.Select(w => w.Text)));
        Assert.All(words, w => Assert.InRange(w.End, w.Start, duration));
        Assert.All(words.Zip(words.Skip(1)), pair => Assert.True(pair.First.Start <= pair.Second.Start, $"{pair.Second} before {pair.First}"));
    }

    [Fact]
    public async Task Read_OnePieceWritten_SoundsBeforeTheTextIsComplete()
    {
        await using var synthesis = await Synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("She sells fresh bread and milk in the market.", Cancellation);
        await using var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));

        sound.Current.Frame.Dispose();
        synthesis.Complete();
        while (await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation))
            sound.Current.Frame.Dispose();
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("   ", "...")]
    public async Task Read_NothingToSay_EndsWithoutSound(params string[] pieces) => Assert.Empty((await SpeakAsync(pieces)).Frames);

    [Fact]
    public async Task Read_WordByWord_IsWhatTheWholeTextIs()
    {
        const string text = "She sells fresh bread and milk in the market.";
        var whole = await SpeakAsync(text);

        var pieces = await SpeakAsync(text.Split(' '));

        Assert.InRange(pieces.Frames.Sum(f => f.Count), whole.Frames.Sum(f => f.Count) / 2, whole.Frames.Sum(f => f.Count) * 2);
        Assert.Equal(whole.Words.Select(w => w.Text), pieces.Words.Select(w => w.Text));
    }

    [Theory]
    [InlineData("Is 3 < 5 & 7 > 2? \"Yes\", she said, 'of course'.")]
    [InlineData("<speak><break time='5s'/>Hello</speak> ]]> &amp; <!-- there")]
    [InlineData("That is great 😀👍🏽 and so is this 👨‍👩‍👧.")]
    [InlineData("The word for peace is שלום, and in Arabic سلام.")]
    [InlineData("A line.\nAnother line,\ta tab, a soft\u00adhyphen, a \u200bspace of no width.")]
    public async Task Read_OddCharacters_AreSpokenOrLeftOut(string text)
    {
        var (frames, words) = await SpeakAsync(text);

        var samples = frames.Sum(f => (long)f.Count);
        Assert.NotEqual(0, samples);
        var duration = TimeSpan.FromSeconds((double)samples / Synthesizer.Capabilities.SampleRateHz);
        Assert.All(words, w => Assert.InRange(w.End, w.Start, duration));
    }

    [Fact]
    public async Task Begin_SeveralUtterances_AreSpokenAtOnce()
    {
        var alone = (await SpeakAsync(s_pieces)).Frames.Sum(f => f.Count);

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SpeakAsync(s_pieces)));

        Assert.All(together, t => Assert.InRange(t.Frames.Sum(f => f.Count), alone / 2, alone * 2));
    }

    [Fact]
    public async Task Dispose_BeforeTheEnd_EndsReadingAndIsIdempotent()
    {
        var synthesis = await Synthesizer.BeginAsync(Cancellation);
        foreach (var piece in s_pieces)
            await synthesis.WriteAsync(piece, Cancellation);
        await using var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));
        sound.Current.Frame.Dispose();

        await synthesis.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);
        await synthesis.DisposeAsync();

        while (await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation))
            sound.Current.Frame.Dispose();
        Assert.NotEmpty((await SpeakAsync(s_pieces)).Frames);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        await using var synthesis = await Synthesizer.BeginAsync(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var piece in synthesis.ReadAsync(new CancellationToken(canceled: true)))
                piece.Frame.Dispose();
        });
    }

    [Fact]
    public async Task Begin_Cancelled_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var synthesis = await Synthesizer.BeginAsync(new CancellationToken(canceled: true));
        });

    private async Task<(List<(long Position, int Count, int Rate)> Frames, List<WordTiming> Words)> SpeakAsync(params string[] pieces)
    {
        await using var synthesis = await Synthesizer.BeginAsync(Cancellation);
        var reading = ReadAsync(synthesis, Cancellation);
        foreach (var piece in pieces)
            await synthesis.WriteAsync(piece, Cancellation);
        synthesis.Complete();
        return await reading.WaitAsync(s_patience, Cancellation);
    }

    private protected static async Task<(List<(long Position, int Count, int Rate)> Frames, List<WordTiming> Words)> ReadAsync(ISynthesis synthesis, CancellationToken cancellationToken)
    {
        List<(long, int, int)> frames = [];
        List<WordTiming> words = [];
        await foreach (var piece in synthesis.ReadAsync(cancellationToken))
        {
            using (piece.Frame)
                frames.Add((piece.Frame.Position, piece.Frame.Samples.Length, piece.Frame.SampleRateHz));
            words.AddRange(piece.Words);
        }

        return (frames, words);
    }
}
