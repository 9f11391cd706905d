using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.AssemblyAi;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Tests.Providers.AssemblyAi;

public sealed class AssemblyAiStreamTests : IAsyncLifetime
{
    private const string Endpoint = "assemblyai/stream";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedRecogniser _script = new();
    private readonly ShiftedTime _time = new();
    private readonly OptionsSource _options = new();
    private ProviderStage _stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await ProviderStage.StartAsync(new EngineSet(_script, new ScriptedDialogue(), new ToneSynthesizer()));
        _options.CurrentValue.ApiKey = ProviderStage.Key;
        _options.CurrentValue.BaseUrl = _stage.Vendors.Address;
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false, "the first words")]
    [InlineData(true, "The first words.")]
    public async Task Read_TurnThatTheServiceEnds_IsOneFinalAndItsEnd(bool formatted, string final)
    {
        _script.Expect("the first words", "more words");
        _options.CurrentValue.FormatTurns = formatted;
        await using var stream = await OpenAsync();
        stream.Push(await ToneAsync());
        stream.SpeechBegins();
        stream.Push(new short[16_000]);
        stream.Push(await ToneAsync());
        stream.SpeechBegins();
        stream.Flush();

        var results = await ReadAsync(stream, TranscriptKind.Flushed);

        Assert.Equal(
            [(TranscriptKind.Final, final), (TranscriptKind.EndOfTurn, ""), (TranscriptKind.Final, formatted ? "More words." : "more words"), (TranscriptKind.Flushed, "")],
            results.Where(result => result.Kind != TranscriptKind.Interim).Select(result => (result.Kind, result.Text)));
    }

    [Fact]
    public async Task Read_FormattedFormThatNeverComes_IsGivenAsItIs()
    {
        _script.Expect("the first words");
        _options.CurrentValue.FormatTurns = true;

        // Begin, an interim for each word, the end of the turn: then the service is silent.
        _stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = 5 });
        await using var stream = await OpenAsync();
        stream.Push(await ToneAsync());
        stream.Push(new short[16_000]);

        var results = await ReadAsync(stream, TranscriptKind.EndOfTurn);

        Assert.Equal("the first words", Assert.Single(results, result => result.Kind == TranscriptKind.Final).Text);
    }

    [Fact]
    public async Task Flush_ServiceSilentInTheMiddleOfATurn_TimesOut()
    {
        _script.Expect("the first words");
        _options.CurrentValue.Resilience.FirstByteTimeout = TimeSpan.FromSeconds(0.8);
        _stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = 2 });
        await using var stream = await OpenAsync();
        stream.Push(await ToneAsync());
        stream.Flush();

        var error = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(stream, TranscriptKind.Flushed));

        Assert.Equal((ProviderErrorKind.Timeout, true), (error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task Flush_NextVoiceBeginsBeforeTheAnswer_IsAnsweredByItsOwnTurn()
    {
        _script.Expect("the first words", "more words");

        // The answers are late enough for the second turn to be all there.
        _stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.SlowDrip));
        await using var stream = await OpenAsync();
        await SpeakAsync(stream);
        stream.Push(new short[1_600]);
        stream.Flush();
        await SpeakAsync(stream);
        stream.Flush();

        var results = await ReadAsync(stream, TranscriptKind.Flushed);
        results.AddRange(await ReadAsync(stream, TranscriptKind.Flushed));

        Assert.Equal(
            [(TranscriptKind.Final, "the first words"), (TranscriptKind.Flushed, ""), (TranscriptKind.Final, "more words"), (TranscriptKind.Flushed, "")],
            results.Where(result => result.Kind != TranscriptKind.Interim).Select(result => (result.Kind, result.Text)));
    }

    [Fact]
    public async Task Flush_VoiceAndAServiceThatHasStopped_TimesOut()
    {
        _stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.HangAfterFirstByte));
        await using var stream = await OpenAsync();
        await SpeakAsync(stream);
        stream.Flush();

        var error = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(stream, TranscriptKind.Flushed));

        Assert.Equal((ProviderErrorKind.Timeout, true), (error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task Flush_VoiceWithoutWords_IsAnsweredByTheEndOfTheSessionAndTheNextIsHeard()
    {
        _script.Expect("", "more words");
        await using var stream = await OpenAsync();
        var pushed = await SpeakAsync(stream);
        stream.Flush();

        Assert.Equal([TranscriptKind.Flushed], (await ReadAsync(stream, TranscriptKind.Flushed)).Select(result => result.Kind));

        await SpeakAsync(stream);
        stream.Flush();
        var final = Assert.Single(await ReadAsync(stream, TranscriptKind.Flushed), result => result.Kind == TranscriptKind.Final);

        var sessions = _stage.Vendors.Requests.Of(Endpoint);
        Assert.Equal("more words", final.Text);
        Assert.InRange(final.Start, TimeSpan.FromSeconds(pushed / 16_000.0) - TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(pushed / 16_000.0) + TimeSpan.FromMilliseconds(50));
        Assert.Equal(2, sessions.Count);
        Assert.Equal(["ForceEndpoint", "Terminate"], sessions[0].Events.Take(2));
    }

    [Fact]
    public async Task Flush_VoicesWithoutWordsSoonAfterAProof_AskForNoOther()
    {
        _script.Expect("", "", "");
        await using var stream = await OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            await SpeakAsync(stream);
            stream.Flush();
            Assert.Equal([TranscriptKind.Flushed], (await ReadAsync(stream, TranscriptKind.Flushed)).Select(result => result.Kind));
        }

        Assert.Equal(2, _stage.Vendors.Requests.Of(Endpoint).Count);
    }

    [Fact]
    public async Task Flush_VoiceThatGoesOn_IsNotCutByAProof()
    {
        _script.Expect("");
        await using var stream = await OpenAsync();
        stream.Push(await ToneAsync());
        stream.Flush();
        stream.Push(new short[160]);
        stream.SpeechBegins();

        await ReadAsync(stream, TranscriptKind.Flushed);

        Assert.DoesNotContain("Terminate", Events());
    }

    [Fact]
    public async Task Flush_WordsThatComeOnlyWithTheEndOfTheSession_AreItsAnswer()
    {
        await using var stage = await ProviderStage.StartAsync(new EngineSet(new LateRecogniser("the first words"), new ScriptedDialogue(), new ToneSynthesizer()));
        _options.CurrentValue.BaseUrl = stage.Vendors.Address;
        await using var stream = await OpenAsync();
        await SpeakAsync(stream);
        stream.Flush();

        var results = await ReadAsync(stream, TranscriptKind.Flushed);

        Assert.Equal([(TranscriptKind.Final, "the first words"), (TranscriptKind.Flushed, "")], results.Select(result => (result.Kind, result.Text)));
    }

    [Fact]
    public async Task Flush_RestShorterThanTheServiceTakes_IsFilledUp()
    {
        await using var stream = await OpenAsync();
        stream.Push(new short[850]);
        stream.Flush();

        await ReadAsync(stream, TranscriptKind.Flushed);

        Assert.Equal(TimeSpan.FromSeconds(0.1), stream.Usage.Audio);
        Assert.DoesNotContain(Events(), what => what.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_WithSettings_AsksForThem()
    {
        _options.CurrentValue.EndOfTurnConfidenceThreshold = 0.7;
        _options.CurrentValue.MinTurnSilence = TimeSpan.FromSeconds(0.8);
        _options.CurrentValue.MaxTurnSilence = TimeSpan.FromSeconds(3.6);
        _options.CurrentValue.KeytermsPrompt = ["Jörg & Co", "bread"];
        await using var stream = await OpenAsync(AssemblyAiVendor.Multilingual);
        stream.Flush();
        await ReadAsync(stream, TranscriptKind.Flushed);

        var query = Uri.UnescapeDataString(_stage.Vendors.Requests.Of(Endpoint)[0].Query);
        Assert.Equal(
            "?sample_rate=16000&encoding=pcm_s16le&speech_model=universal-streaming-multilingual&format_turns=false&end_of_turn_confidence_threshold=0.7"
            + "&min_turn_silence=800&max_turn_silence=3600&keyterms_prompt=[\"J\\u00F6rg \\u0026 Co\",\"bread\"]&language_detection=true",
            query);
    }

    [Fact]
    public async Task Push_AfterSettingsWereReloaded_TellsTheService()
    {
        await using var stream = await OpenAsync();
        _options.Reload(new AssemblyAiOptions { MaxTurnSilence = TimeSpan.FromSeconds(2) });
        stream.Push(new short[1_600]);
        stream.Flush();
        await ReadAsync(stream, TranscriptKind.Flushed);

        Assert.Contains("UpdateConfiguration", Events());
        Assert.DoesNotContain(Events(), what => what.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Push_SessionAboutToExpire_GoesOnInANewOne()
    {
        _script.Expect("the first words", "more words");
        await using var stream = await OpenAsync();
        stream.Push(await ToneAsync());
        stream.Push(new short[16_000]);
        await ReadAsync(stream, TranscriptKind.EndOfTurn);

        _time.Shift = TimeSpan.FromHours(3) - TimeSpan.FromMinutes(1);
        var pushed = (await ToneAsync()).Length + 16_000;
        while (_stage.Vendors.Requests.Of(Endpoint).Count < 2 || !Events().Contains("Terminate", StringComparer.Ordinal))
        {
            // Silence, as slowly as it is spoken: the sender looks for the new session with each piece.
            stream.Push(new short[800]);
            pushed += 800;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }

        _time.Shift = TimeSpan.Zero;
        stream.Push(await ToneAsync());
        stream.Flush();

        var results = await ReadAsync(stream, TranscriptKind.Flushed);

        var final = Assert.Single(results, result => result.Kind == TranscriptKind.Final);
        Assert.Equal("more words", final.Text);
        Assert.InRange(final.Start, TimeSpan.FromSeconds(pushed / 16_000.0) - TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(pushed / 16_000.0) + TimeSpan.FromMilliseconds(50));
        Assert.Equal(["Terminate", "closed"], _stage.Vendors.Requests.Of(Endpoint)[0].Events.Take(2));
        Assert.Equal(2, _stage.Vendors.Requests.Of(Endpoint).Count);
    }

    [Fact]
    public async Task Dispose_OpenSession_TerminatesIt()
    {
        var stream = await OpenAsync();
        await stream.DisposeAsync();

        await _stage.Vendors.Requests.WaitAsync(log => log.Of(Endpoint)[0].Events.Contains("Terminate", StringComparer.Ordinal), Cancellation).WaitAsync(s_patience, Cancellation);
    }

    [Theory]
    [InlineData(1008, "Unauthorized Connection: Missing Authorization header", ProviderErrorKind.Authentication, false)]
    [InlineData(1008, "Unauthorized Connection: insufficient account balance", ProviderErrorKind.Quota, false)]
    [InlineData(3005, "Session Cancelled: An error occurred", ProviderErrorKind.Connection, true)]
    [InlineData(3006, "Invalid Message Type: X", ProviderErrorKind.BadRequest, false)]
    [InlineData(3007, "Audio Transmission Rate Exceeded: Received 9 sec. audio in 1 sec", ProviderErrorKind.RateLimit, true)]
    [InlineData(3008, "Session Expired: Maximum session duration exceeded", ProviderErrorKind.Connection, true)]
    [InlineData(3009, "Unauthorized Connection: Too many concurrent sessions", ProviderErrorKind.RateLimit, true)]
    [InlineData(4002, "Insufficient funds", ProviderErrorKind.Quota, false)]
    [InlineData(null, null, ProviderErrorKind.Connection, true)]
    public void FromCode_OfTheService_SaysWhatItMeansWithoutItsWords(int? code, string? words, ProviderErrorKind kind, bool isTransient)
    {
        var error = AssemblyAiErrors.FromCode("assemblyai/universal", code, words, "session");

        Assert.Equal((kind, isTransient, "session"), (error.Kind, error.IsTransient, error.RequestId));
        if (words is not null)
            Assert.DoesNotContain(words, error.Message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Events() => _stage.Vendors.Requests.Of(Endpoint).SelectMany(request => request.Events);

    private ValueTask<ISpeechToTextStream> OpenAsync(string model = AssemblyAiVendor.English) =>
        new AssemblyAiSpeechToText($"assemblyai/{model}", model, _options, _time, NullLogger.Instance).OpenAsync(Cancellation);

    /// <returns>How many samples it has.</returns>
    private static async Task<int> SpeakAsync(ISpeechToTextStream stream)
    {
        var tone = await ToneAsync();
        stream.Push(tone);
        stream.SpeechBegins();
        return tone.Length;
    }

    private static async Task<short[]> ToneAsync() => (await new ToneSynthesizer().SpeakAsync("fifteen letters", 16_000, Cancellation)).Samples;

    private static async Task<List<Transcript>> ReadAsync(ISpeechToTextStream stream, TranscriptKind last)
    {
        List<Transcript> results = [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(s_patience);
        await foreach (var result in stream.ReadAsync(limit.Token))
        {
            results.Add(result);
            if (result.Kind == last)
                break;
        }

        return results;
    }

    /// <summary>The system's clock, with another time of day.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        private long _shift;

        public TimeSpan Shift
        {
            get => new(Interlocked.Read(ref _shift));
            set => Interlocked.Exchange(ref _shift, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }

    private sealed class OptionsSource : IOptionsMonitor<AssemblyAiOptions>
    {
        private Action<AssemblyAiOptions, string?>? _listeners;

        public AssemblyAiOptions CurrentValue { get; } = new();

        public AssemblyAiOptions Get(string? name) => CurrentValue;

        public IDisposable OnChange(Action<AssemblyAiOptions, string?> listener)
        {
            _listeners += listener;
            return new Registration(() => _listeners -= listener);
        }

        public void Reload(AssemblyAiOptions options) => _listeners?.Invoke(options, arg2: null);

        private sealed class Registration(Action end) : IDisposable
        {
            public void Dispose() => end();
        }
    }
}
