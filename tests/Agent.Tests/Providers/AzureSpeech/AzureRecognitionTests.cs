using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech;
using Agent.Providers.AzureSpeech.Recognition;
using Microsoft.Extensions.Logging.Abstractions;
using LocalEngines = Agent.Tests.Providers.Local.LocalEngines;

namespace Agent.Tests.Providers.AzureSpeech;

/// <summary>What is Azure's own about recognition: turns on one connection.</summary>
public sealed class AzureRecognitionTests : IAsyncLifetime
{
    private const string Endpoint = "azure/recognition";

    private readonly ShiftedTime _time = new();
    private LoopbackVendorHost? _vendors;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LoopbackVendorHost Vendors => _vendors ?? throw new InvalidOperationException("Not initialized.");

    public async ValueTask InitializeAsync() => _vendors = await StartAsync(port: 0);

    public ValueTask DisposeAsync() => Vendors.DisposeAsync();

    [Fact]
    public async Task Flush_SeveralTimes_IsOneTurnEachOnOneConnection()
    {
        await using var recogniser = Create("speech");
        await using var stream = await recogniser.OpenAsync(Cancellation);

        for (var i = 1; i <= 3; i++)
        {
            Say(stream);
            stream.Flush();
            Assert.Equal($"Line number {i}.", LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream)));
        }

        var connection = Assert.Single(Vendors.Requests.Of(Endpoint));
        Assert.Equal("speech.config", connection.Events[0]);
        Assert.Equal(3, connection.Events.Count(what => what == "speech.context"));
    }

    [Fact]
    public async Task Read_TurnsThatTheServiceEnds_GoOnWithoutAGap()
    {
        // There the service ends a turn with its first phrase, while the next is on its way already.
        await using var recogniser = Create("speech", options => options.RecognitionPath = "/speech/recognition/interactive/cognitiveservices/v1");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Say(stream);
        Say(stream);
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var pushing = PushSilenceAsync(stream, heard.Token);

        var finals = new List<Transcript>();
        await foreach (var result in stream.ReadAsync(Cancellation))
        {
            if (result.Kind == TranscriptKind.Final)
                finals.Add(result);
            if (finals.Count == 2)
                break;
        }

        await heard.CancelAsync();
        await pushing;
        Assert.Equal("Line number 1.", finals[0].Text);
        Assert.NotEqual(finals[0].Text, finals[1].Text);
        Assert.InRange(finals[0].Start, TimeSpan.Zero, TimeSpan.FromSeconds(0.1));
        Assert.InRange(finals[1].Start, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(1.6));
        Assert.Single(Vendors.Requests.Of(Endpoint));
    }

    [Fact]
    public async Task Flush_OnAnOldConnection_ChangesToAnother()
    {
        await using var recogniser = Create("speech");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Say(stream);
        _time.Shift(TimeSpan.FromMinutes(5));
        stream.Flush();
        Assert.Equal("Line number 1.", LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream)));

        Say(stream);
        stream.Flush();

        var results = await LocalEngines.ReadToFlushAsync(stream);
        Assert.Equal("Line number 2.", LocalEngines.Finals(results));
        Assert.InRange(results.Last(result => result.Kind == TranscriptKind.Final).Start, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(1.6));
        Assert.Equal(2, Vendors.Requests.Of(Endpoint).Count);
        await Vendors.Requests.WaitAsync(log => log.Of(Endpoint)[0].Events.Contains("closed"), Cancellation);
    }

    [Fact]
    public async Task Push_ConnectionOldBetweenPhrases_ChangesToAnotherUnasked()
    {
        await using var recogniser = Create("speech");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Say(stream);
        await foreach (var result in stream.ReadAsync(Cancellation))
        {
            if (result.Kind == TranscriptKind.Final)
                break;
        }

        _time.Shift(TimeSpan.FromMinutes(5));
        stream.Push(new short[RecognitionSettings.SampleRateHz]);
        await Vendors.Requests.WaitAsync(log => log.Of(Endpoint).Count == 2, Cancellation);
        Say(stream);
        stream.Flush();

        Assert.Equal("Line number 2.", LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream)));
    }

    [Fact]
    public async Task Push_ConnectionLostWhileNobodySpoke_OpensAnother()
    {
        await using var recogniser = Create("speech");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        stream.Push(new short[RecognitionSettings.SampleRateHz]);
        await Vendors.Requests.WaitAsync(log => log.Of(Endpoint)[0].Events.Count(what => what == "audio") >= 21, Cancellation);
        _time.Shift(TimeSpan.FromSeconds(3));
        var port = Vendors.Address.Port;
        await Vendors.DisposeAsync();
        _vendors = await StartAsync(port);

        Say(stream);
        stream.Flush();

        Assert.Equal("Line number 1.", LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream)));
    }

    [Fact]
    public async Task Read_ConnectionLostInTheMiddle_Fails()
    {
        await using var recogniser = Create("speech");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Say(stream);
        await Vendors.Requests.WaitAsync(log => log.Of(Endpoint)[0].Events.Contains("audio"), Cancellation);
        await Vendors.DisposeAsync();
        _vendors = await StartAsync(port: 0);

        var error = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var _ in stream.ReadAsync(Cancellation))
                stream.Push(new short[160]);
        });

        Assert.Equal((ProviderErrorKind.Connection, true), (error.Kind, error.IsTransient));
        Assert.NotNull(error.RequestId);
    }

    [Fact]
    public async Task Flush_ServiceHangs_TimesOut()
    {
        Vendors.Faults.Always(Endpoint, new Fault(FaultKind.HangAfterFirstByte));
        await using var recogniser = Create("speech", options => options.Resilience.FirstByteTimeout = options.Resilience.IdleTimeout = TimeSpan.FromMilliseconds(100));
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Say(stream);
        stream.Flush();

        var error = await Assert.ThrowsAsync<ProviderException>(() => LocalEngines.ReadToFlushAsync(stream));

        Assert.Equal(ProviderErrorKind.Timeout, error.Kind);
    }

    [Fact]
    public async Task Open_SeveralLanguages_TellsTheOneHeard()
    {
        await using var recogniser = Create("speech", languages: "de-DE+en-US");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Say(stream);
        stream.Flush();

        var final = (await LocalEngines.ReadToFlushAsync(stream)).Single(result => result.Kind == TranscriptKind.Final);

        Assert.Equal(("de-DE", 0.93), (final.Language, final.Confidence));
        Assert.Equal(["Line", "number", "1."], final.Words.Select(word => word.Text));
        Assert.Contains("lidEnabled=true", Assert.Single(Vendors.Requests.Of(Endpoint)).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WarmUp_BeforeOpen_IsTheConnectionThatIsUsed()
    {
        await using var recogniser = Create("speech");
        await recogniser.WarmUpAsync(Cancellation);
        await recogniser.WarmUpAsync(Cancellation);

        await using var stream = await recogniser.OpenAsync(Cancellation);

        Assert.Single(Vendors.Requests.Of(Endpoint));
    }

    [Theory]
    [InlineData(4429, ProviderErrorKind.RateLimit, true)]
    [InlineData(1007, ProviderErrorKind.BadRequest, false)]
    [InlineData(1002, ProviderErrorKind.Protocol, false)]
    [InlineData(1012, ProviderErrorKind.Connection, true)]
    public async Task Read_ServiceCloses_SaysWhatTheCodeMeans(int code, ProviderErrorKind kind, bool isTransient)
    {
        Vendors.Faults.Always(Endpoint, new Fault(FaultKind.HalfClose) { CloseCode = code });
        await using var recogniser = Create("speech");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Say(stream);
        stream.Flush();

        var error = await Assert.ThrowsAsync<ProviderException>(() => LocalEngines.ReadToFlushAsync(stream));

        Assert.Equal((kind, isTransient), (error.Kind, error.IsTransient));
        Assert.Contains(code.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    /// <summary>A second of a voice, then half a second of silence.</summary>
    private static void Say(ISpeechToTextStream stream)
    {
        var samples = new short[RecognitionSettings.SampleRateHz * 3 / 2];
        for (var i = 0; i < RecognitionSettings.SampleRateHz; i++)
            samples[i] = (short)(6_000 * Math.Sin(2 * Math.PI * 440 * i / RecognitionSettings.SampleRateHz));
        stream.Push(samples);
    }

    /// <summary>As a microphone does, in real time.</summary>
    private static async Task PushSilenceAsync(ISpeechToTextStream stream, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                stream.Push(new short[RecognitionSettings.SampleRateHz / 100]);
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private static Task<LoopbackVendorHost> StartAsync(int port)
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect([.. Enumerable.Range(1, 9).Select(i => $"line number {i}")]);
        return LoopbackVendorHost.StartAsync(new LoopbackOptions { Port = port, Engines = new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()) }, Cancellation);
    }

    private AzureSpeechToText Create(string model, Action<AzureSpeechOptions>? configure = null, string languages = "en-US")
    {
        var options = new AzureSpeechOptions { ApiKey = "key", BaseUrl = Vendors.Address };
        options.Resilience.ConnectTimeout = options.Resilience.FirstByteTimeout = options.Resilience.IdleTimeout = TimeSpan.FromSeconds(20);
        configure?.Invoke(options);
        return new AzureSpeechToText($"azure/{model}:{languages}", model, languages, options, NullLogger<AzureSpeechToText>.Instance, _time);
    }
}
