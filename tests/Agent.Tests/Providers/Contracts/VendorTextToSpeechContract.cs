using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every synthesizer has to do that is a vendor's service. A new one derives from this with its name and its loopback endpoint: one line.</summary>
/// <param name="provider">The provider's name, e.g. <c>deepgram/aura-2-thalia-en</c>.</param>
/// <param name="endpoint">Its endpoint among the loopback vendors, e.g. <c>deepgram/speak</c>.</param>
public abstract class VendorTextToSpeechContract(string provider, string endpoint) : TextToSpeechContract
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(0.4);

    private readonly VendorTrial _trial = new(provider, endpoint, s_writtenWords);
    private ProviderStage? _stage;

    private ProviderStage Stage => _stage ?? throw new InvalidOperationException("Not initialized.");

    public static TheoryData<int, ProviderErrorKind, bool> Statuses => VendorFailures.Statuses;

    public override async ValueTask InitializeAsync()
    {
        _stage = await ProviderStage.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Begin_Refused_ThrowsWhatTheStatusMeans(int status, ProviderErrorKind kind, bool isTransient)
    {
        await using var stage = await ProviderStage.StartAsync(limit: s_limit);

        await _trial.RefusedAsync(stage, status, kind, isTransient, () => SpeakAsync(stage));
    }

    [Fact]
    public async Task Begin_AddressLeadsToAWebSite_SaysSo()
    {
        await using var stage = await ProviderStage.StartAsync(limit: s_limit);

        await _trial.WebPageAsync(stage, () => SpeakAsync(stage));
    }

    [Fact]
    public async Task Begin_WrongKey_IsAnAuthenticationError()
    {
        await using var stage = await ProviderStage.StartAsync(settings: VendorTrial.WrongKeys);

        await _trial.WrongKeyAsync(stage, () => SpeakAsync(stage));
    }

    [Theory]
    [InlineData(FaultKind.HangAtConnect)]
    [InlineData(FaultKind.HangBeforeFirstByte)]
    [InlineData(FaultKind.HangAfterFirstByte)]
    public async Task Read_VendorHangs_TimesOut(FaultKind kind)
    {
        await using var stage = await ProviderStage.StartAsync(limit: s_limit);

        await _trial.HangsAsync(stage, new Fault(kind) { After = MessagesBeforeFailure }, () => SpeakAsync(stage));
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.ErrorMessage)]
    public async Task Read_VendorFailsInTheMiddle_ThrowsAndTellsNoWord(FaultKind kind)
    {
        await using var stage = await ProviderStage.StartAsync(limit: s_limit);
        stage.Vendors.Faults.Always(endpoint, new Fault(kind) { After = MessagesBeforeFailure });

        var error = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(stage));

        Assert.Equal(provider, error.Provider);
        stage.AssertDiscreet(s_writtenWords, error);
    }

    [Theory]
    [InlineData(FaultKind.HalfClose)]
    [InlineData(FaultKind.Garbage)]
    public async Task Read_VendorEndsEarlyOrSendsGarbage_ThrowsWhereThatShows(FaultKind kind)
    {
        await using var stage = await ProviderStage.StartAsync(limit: s_limit);
        stage.Vendors.Faults.Always(endpoint, new Fault(kind) { After = MessagesBeforeFailure });

        if (IsRawSound)
        {
            // Sound that ends in order is whole, and every byte is sound: nobody can tell. It is delivered without breaking anything.
            await SpeakAsync(stage);
            return;
        }

        var error = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(stage));

        Assert.Equal(provider, error.Provider);
        Assert.Contains(error.Kind, (ProviderErrorKind[])[ProviderErrorKind.Connection, ProviderErrorKind.Protocol]);
        stage.AssertDiscreet(s_writtenWords, error);
    }

    [Theory]
    [InlineData(FaultKind.UnknownMessage)]
    [InlineData(FaultKind.PartialFrames)]
    [InlineData(FaultKind.SlowDrip)]
    public async Task Read_VendorIsOdd_SpeaksAllTheSame(FaultKind kind)
    {
        var well = await SpeakAsync(Stage);
        Stage.Vendors.Faults.Always(endpoint, new Fault(kind) { Pace = TimeSpan.FromMilliseconds(2) });

        var oddly = await SpeakAsync(Stage);

        Assert.Equal(well.Samples, oddly.Samples);
        Assert.Equal(well.Words, oddly.Words);
        Stage.AssertDiscreet(s_writtenWords);
    }

    [Fact]
    public async Task Begin_AfterOneThatWasCut_SpeaksItsOwnWordsOnly()
    {
        var alone = await SpeakAsync(Stage);
        Stage.Vendors.Faults.Next(endpoint, new Fault(FaultKind.SlowDrip) { Pace = TimeSpan.FromMilliseconds(5) });
        for (var i = 0; i < 3; i++)
        {
            var cut = await Synthesizer.BeginAsync(Cancellation);
            await cut.WriteAsync("This is something else that is cut before anybody has heard it to the end.", Cancellation);
            cut.Complete();
            await using (var sound = cut.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation))
            {
                Assert.True(await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));
                sound.Current.Frame.Dispose();
                await cut.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);
                Assert.False(await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation), "something was heard after the end");
            }

            var next = await SpeakAsync(Stage);

            Assert.Equal(alone.Samples, next.Samples);
            Assert.Equal(alone.Words, next.Words);
        }
    }

    [Fact]
    public async Task Dispose_WhileTheVendorSpeaks_CancelsThere()
    {
        Stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = MessagesBeforeFailure });
        var synthesis = await Synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("She sells fresh bread and milk in the market.", Cancellation);
        synthesis.Complete();
        await Stage.Vendors.Requests.WaitAsync(log => log.Of(endpoint).Count > 0, Cancellation).WaitAsync(s_patience, Cancellation);
        await using var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));
        sound.Current.Frame.Dispose();
        var told = Told();

        await synthesis.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);

        await Stage.Vendors.Requests.WaitAsync(_ => Told() > told, Cancellation).WaitAsync(s_patience, Cancellation);

        int Told() => Stage.Vendors.Requests.Of(endpoint).Sum(request => request.Events.Count(what => what is not "completed" and not "unsent"));
    }

    [Fact]
    public Task Begin_CancelledWhileTheVendorHangs_Ends() => _trial.InterruptedAsync(Stage, token => SpeakAsync(Stage, token));

    [Fact]
    public async Task Read_VeryLongText_IsSpokenToItsEnd()
    {
        var sentences = Enumerable.Range(1, 40).Select(i => $"This is sentence number {i} of a text that has a great many of them.").ToArray();

        var spoken = await SpeakAsync(Stage, default, sentences);

        var perCharacter = 0.06 * Synthesizer.Capabilities.SampleRateHz;
        Assert.InRange(spoken.Samples, perCharacter * 0.9 * sentences.Sum(s => s.Length), perCharacter * 1.1 * sentences.Sum(s => s.Length + 1));
    }

    [Fact]
    public async Task Usage_AfterSpeech_CountsCharactersAndSound()
    {
        await using var synthesis = await Synthesizer.BeginAsync(Cancellation);
        const string text = "She sells fresh bread and milk in the market.";
        await synthesis.WriteAsync(text, Cancellation);
        synthesis.Complete();
        var samples = 0L;
        await foreach (var piece in synthesis.ReadAsync(Cancellation))
        {
            using (piece.Frame)
                samples += piece.Frame.Samples.Length;
        }

        Assert.InRange(synthesis.Usage.Characters, text.Length, 2 * text.Length);
        var duration = TimeSpan.FromSeconds((double)samples / Synthesizer.Capabilities.SampleRateHz);
        Assert.InRange(synthesis.Usage.Audio, duration - TimeSpan.FromSeconds(0.1), duration + TimeSpan.FromSeconds(0.1));
    }

    [Fact]
    public async Task Validate_WithoutAKey_SaysWhichVariableToSet()
    {
        await using var stage = await ProviderStage.StartAsync(settings: VendorTrial.NoKeys);

        _trial.NeedsAKey(stage, ProviderKind.TextToSpeech);
    }

    /// <summary>How many messages of an answer go well before the vendor fails in the middle.</summary>
    protected virtual int MessagesBeforeFailure => 1;

    /// <summary>Whether an answer is sound and nothing else, so that nothing in it can be told from sound.</summary>
    protected virtual bool IsRawSound => false;

    protected override ITextToSpeech Create() => Stage.Catalog.GetTextToSpeech(provider);

    protected override ValueTask ReleaseAsync(ITextToSpeech synthesizer) => ValueTask.CompletedTask;

    private async Task<(long Samples, IReadOnlyList<WordTiming> Words)> SpeakAsync(ProviderStage stage, CancellationToken cancellationToken = default, params string[] pieces)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Cancellation);
        var synthesizer = stage.Catalog.GetTextToSpeech(provider);
        await using var synthesis = await synthesizer.BeginAsync(either.Token);
        var reading = ReadAsync(synthesis, either.Token);
        try
        {
            foreach (var piece in pieces.Length > 0 ? pieces : ["She sells fresh bread and milk in the market.", "We are going to the beach with our children next summer."])
                await synthesis.WriteAsync(piece, either.Token);
            synthesis.Complete();
        }
        catch (ProviderException)
        {
            // The reader is told the same.
            synthesis.Complete();
        }

        var (frames, words) = await reading.WaitAsync(s_patience, Cancellation);
        return (frames.Sum(frame => (long)frame.Count), words);
    }
}
