using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using LocalEngines = Agent.Tests.Providers.Local.LocalEngines;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every recogniser has to do that is a vendor's service. A new one derives from this with its name and its loopback endpoint: one line.</summary>
/// <param name="provider">The provider's name, e.g. <c>deepgram/nova-3</c>.</param>
/// <param name="endpoint">Its endpoint among the loopback vendors, e.g. <c>deepgram/listen</c>.</param>
public abstract class VendorSpeechToTextContract(string provider, string endpoint) : SpeechToTextContract
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(0.4);

    private readonly VendorTrial _trial = new(provider, endpoint, s_spokenWords);
    private ProviderStage? _stage;

    /// <summary>How many messages of an answer go well before the vendor fails in the middle; none where an answer is one message.</summary>
    protected virtual int MessagesBeforeFailure => 1;

    private ProviderStage Stage => _stage ?? throw new InvalidOperationException("Not initialized.");

    public static TheoryData<int, ProviderErrorKind, bool> Statuses => VendorFailures.Statuses;

    public override async ValueTask InitializeAsync()
    {
        _stage = await StageAsync(limit: null);
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
    public async Task Open_Refused_ThrowsWhatTheStatusMeans(int status, ProviderErrorKind kind, bool isTransient)
    {
        await using var stage = await StageAsync(s_limit);

        await _trial.RefusedAsync(stage, status, kind, isTransient, () => HearAsync(stage));
    }

    [Fact]
    public async Task Open_AddressLeadsToAWebSite_SaysSo()
    {
        await using var stage = await StageAsync(s_limit);

        await _trial.WebPageAsync(stage, () => HearAsync(stage));
    }

    [Fact]
    public async Task Open_WrongKey_IsAnAuthenticationError()
    {
        await using var stage = await ProviderStage.StartAsync(settings: VendorTrial.WrongKeys);

        await _trial.WrongKeyAsync(stage, () => HearAsync(stage));
    }

    [Fact]
    public async Task Open_NeverAnswered_TimesOut()
    {
        await using var stage = await StageAsync(s_limit);

        await _trial.HangsAsync(stage, new Fault(FaultKind.HangAtConnect), () => HearAsync(stage));
    }

    [Fact]
    public Task Open_CancelledWhileTheVendorHangs_Ends() => _trial.InterruptedAsync(Stage, token => HearAsync(Stage, token));

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.HalfClose)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.ErrorMessage)]
    public async Task Read_VendorFailsInTheMiddle_ThrowsAndTellsNoWord(FaultKind kind)
    {
        await using var stage = await StageAsync(s_limit);
        stage.Vendors.Faults.Always(endpoint, new Fault(kind) { After = MessagesBeforeFailure });

        var error = await Assert.ThrowsAsync<ProviderException>(() => HearAsync(stage));

        Assert.Equal(provider, error.Provider);
        Assert.Contains(error.Kind, (ProviderErrorKind[])[ProviderErrorKind.Connection, ProviderErrorKind.Protocol]);
        stage.AssertDiscreet(s_spokenWords, error);
    }

    [Theory]
    [InlineData(FaultKind.UnknownMessage)]
    [InlineData(FaultKind.PartialFrames)]
    [InlineData(FaultKind.SlowDrip)]
    public async Task Read_VendorIsOdd_HearsAllTheSame(FaultKind kind)
    {
        Stage.Vendors.Faults.Always(endpoint, new Fault(kind));

        var results = await HearAsync(Stage);

        Assert.Equal(Sentence, Plain(LocalEngines.Finals(results)));
        Stage.AssertDiscreet(s_spokenWords);
    }

    [Fact]
    public async Task Push_VendorHangs_NeverWaits()
    {
        Stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = MessagesBeforeFailure });
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        var minute = new short[60 * Recogniser.Capabilities.SampleRateHz];

        await Task.Run(
            () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    stream.Push(minute);
                    stream.Flush();
                }
            },
            Cancellation).WaitAsync(s_patience, Cancellation);

        await stream.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);
    }

    [Fact]
    public async Task Dispose_BusyStream_LeavesTheVendor()
    {
        var stream = await Recogniser.OpenAsync(Cancellation);
        await SpeakAsync(stream);
        stream.Flush();
        await foreach (var _ in stream.ReadAsync(Cancellation))
            break;

        await stream.DisposeAsync().AsTask().WaitAsync(s_patience, Cancellation);

        await Stage.Vendors.Requests.WaitAsync(
            log => log.Of(endpoint).All(request => request.Events.Any(what => what is "closed" or "aborted" or "completed")), Cancellation).WaitAsync(s_patience, Cancellation);
    }

    [Fact]
    public async Task Open_ManyAtOnce_EachHearsItsOwn()
    {
        var heard = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HearAsync(Stage)));

        Assert.All(heard, results => Assert.Equal(Sentence, Plain(LocalEngines.Finals(results))));
    }

    [Fact]
    public async Task Usage_AfterSpeech_CountsItsSound()
    {
        await using var stream = await Recogniser.OpenAsync(Cancellation);
        var samples = await SpeakAsync(stream);
        stream.Flush();
        await LocalEngines.ReadToFlushAsync(stream);

        // A vendor that is given whole segments bills their sound alone.
        var duration = TimeSpan.FromSeconds((double)samples / Recogniser.Capabilities.SampleRateHz);
        Assert.InRange(stream.Usage.Audio, duration / 2, duration + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Validate_WithoutAKey_SaysWhichVariableToSet()
    {
        await using var stage = await ProviderStage.StartAsync(settings: VendorTrial.NoKeys);

        _trial.NeedsAKey(stage, ProviderKind.SpeechToText);
    }

    protected override ISpeechToText Create() => Stage.Catalog.GetSpeechToText(provider);

    protected override ValueTask ReleaseAsync(ISpeechToText recogniser) => ValueTask.CompletedTask;

    private static Task<ProviderStage> StageAsync(TimeSpan? limit)
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect([.. Enumerable.Repeat(Sentence, 200)]);
        return ProviderStage.StartAsync(new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()), limit);
    }

    private async Task<IReadOnlyList<Transcript>> HearAsync(ProviderStage stage, CancellationToken cancellationToken = default)
    {
        await using var stream = await stage.Catalog.GetSpeechToText(provider).OpenAsync(cancellationToken);
        await SpeakAsync(stream);
        stream.Flush();
        List<Transcript> results = [];
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Cancellation);
        await foreach (var result in stream.ReadAsync(either.Token))
        {
            results.Add(result);
            if (result.Kind == TranscriptKind.Flushed)
                break;
        }

        return results;
    }
}
