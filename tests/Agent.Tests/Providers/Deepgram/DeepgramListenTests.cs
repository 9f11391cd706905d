using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;
using LocalEngines = Agent.Tests.Providers.Local.LocalEngines;

namespace Agent.Tests.Providers.Deepgram;

/// <summary>What Nova and Flux do that other recognisers do not.</summary>
public sealed class DeepgramListenTests
{
    private static readonly Dictionary<string, string?> s_hasty = new(StringComparer.Ordinal) { ["Providers:Deepgram:FlushTimeout"] = "00:00:00.1" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flush_ServiceDoesNotAnswer_IsAnsweredOnceAndTheStreamGoesOn()
    {
        // The vendor does not answer a Finalize when hardly any audio has come since the last.
        await using var stage = await StageAsync(s_hasty, "good morning");
        await using var stream = await stage.Catalog.GetSpeechToText("deepgram/nova-3").OpenAsync(Cancellation);
        stream.Push(new short[16_000]);
        stream.Flush();
        Assert.Single(await LocalEngines.ReadToFlushAsync(stream));
        stream.Push(new short[800]);
        stream.Flush();

        Assert.Single(await LocalEngines.ReadToFlushAsync(stream));

        stream.Push(await ToneAsync());
        stream.Flush();
        Assert.Equal("Good morning.", LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream)));
    }

    [Theory]
    [InlineData("deepgram/nova-3", "deepgram/listen")]
    [InlineData("deepgram/flux-general-en", "deepgram/flux")]
    public async Task Flush_ServiceIsSilentAltogether_TheStreamFails(string provider, string endpoint)
    {
        await using var stage = await StageAsync(new(s_hasty, StringComparer.Ordinal) { ["Providers:Deepgram:Resilience:IdleTimeout"] = "00:00:00.3" });
        stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.HangBeforeFirstByte));
        await using var stream = await stage.Catalog.GetSpeechToText(provider).OpenAsync(Cancellation);
        stream.SpeechBegins();
        stream.Push(await ToneAsync());
        stream.Flush();

        var error = await Assert.ThrowsAsync<ProviderException>(() => LocalEngines.ReadToFlushAsync(stream));

        Assert.Equal((provider, ProviderErrorKind.Timeout, true), (error.Provider, error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task Flush_ServiceFallsSilentInTheMiddleOfTheWords_TheStreamFails()
    {
        await using var stage = await StageAsync(new(s_hasty, StringComparer.Ordinal) { ["Providers:Deepgram:Resilience:IdleTimeout"] = "00:00:00.3" }, "good morning to all of you");
        stage.Vendors.Faults.Always("deepgram/listen", new Fault(FaultKind.HangAfterFirstByte) { After = 1 });
        await using var stream = await stage.Catalog.GetSpeechToText("deepgram/nova-3").OpenAsync(Cancellation);
        stream.Push(await ToneAsync());
        await foreach (var result in stream.ReadAsync(Cancellation))
        {
            Assert.Equal(TranscriptKind.Interim, result.Kind);
            break;
        }

        stream.Flush();

        var error = await Assert.ThrowsAsync<ProviderException>(() => LocalEngines.ReadToFlushAsync(stream));

        Assert.Equal((ProviderErrorKind.Timeout, true), (error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task Flux_SpeechAndSilence_EndsTheTurnByItself()
    {
        await using var stage = await StageAsync(null, "good morning");
        var recogniser = stage.Catalog.GetSpeechToText("deepgram/flux-general-en");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        stream.Push(await ToneAsync());
        stream.Push(new short[32_000]);

        List<Transcript> results = [];
        await foreach (var result in stream.ReadAsync(Cancellation))
        {
            results.Add(result);
            if (result.Kind == TranscriptKind.EndOfTurn)
                break;
        }

        Assert.True(recogniser.Capabilities.EndOfTurn);
        Assert.Contains(results, result => result.Kind == TranscriptKind.Interim);
        var final = Assert.Single(results, result => result.Kind == TranscriptKind.Final);
        Assert.Equal(("Good morning.", "en", 2), (final.Text, final.Language, final.Words.Count));
        Assert.Equal([TranscriptKind.Final, TranscriptKind.EndOfTurn], results.TakeLast(2).Select(result => result.Kind));
    }

    [Fact]
    public async Task Flux_Flush_EndsTheTurnWithoutDecidingIt()
    {
        await using var stage = await StageAsync(null, "good morning");
        await using var stream = await stage.Catalog.GetSpeechToText("deepgram/flux-general-en").OpenAsync(Cancellation);
        stream.Push(await ToneAsync());
        stream.Flush();

        var results = await LocalEngines.ReadToFlushAsync(stream);

        Assert.Equal("Good morning.", LocalEngines.Finals(results));
        Assert.DoesNotContain(results, result => result.Kind == TranscriptKind.EndOfTurn);
        Assert.Equal(["ForceEndTurn"], Assert.Single(stage.Vendors.Requests.Of("deepgram/flux")).Events);
    }

    [Fact]
    public async Task Flux_FlushWithoutATurn_IsAnsweredByTheWarning()
    {
        await using var stage = await StageAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Providers:Deepgram:FlushTimeout"] = "00:00:10" });
        await using var stream = await stage.Catalog.GetSpeechToText("deepgram/flux-general-en").OpenAsync(Cancellation);
        stream.Push(new short[16_000]);
        stream.Flush();

        Assert.Equal([TranscriptKind.Flushed], (await LocalEngines.ReadToFlushAsync(stream).WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, Cancellation)).Select(result => result.Kind));
    }

    [Fact]
    public async Task Nova_OwnPausesEndTurns_WhereThatIsSet()
    {
        await using var stage = await StageAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Providers:Deepgram:Nova:EndOfTurn"] = "true" }, "good morning");
        var recogniser = stage.Catalog.GetSpeechToText("deepgram/nova-3");
        await using var stream = await recogniser.OpenAsync(Cancellation);
        stream.Push(await ToneAsync());
        stream.Push(new short[48_000]);
        stream.Flush();

        var results = await LocalEngines.ReadToFlushAsync(stream);

        Assert.True(recogniser.Capabilities.EndOfTurn);
        Assert.Single(results, result => result.Kind == TranscriptKind.EndOfTurn);
        var query = Assert.Single(stage.Vendors.Requests.Of("deepgram/listen")).Query;
        Assert.Contains("endpointing=300", query, StringComparison.Ordinal);
        Assert.Contains("utterance_end_ms=1000", query, StringComparison.Ordinal);
        Assert.Contains("vad_events=true", query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deepgram/nova-3", "?model=nova-3&encoding=linear16&sample_rate=16000&keyterm=Jane%20Doe&keyterm=LiveKit&channels=1&language=en&interim_results=true&smart_format=true&punctuate=true&endpointing=false")]
    [InlineData("deepgram/nova-3:multi", "?model=nova-3&encoding=linear16&sample_rate=16000&keyterm=Jane%20Doe&keyterm=LiveKit&channels=1&language=multi&interim_results=true&smart_format=true&punctuate=true&endpointing=false")]
    [InlineData("deepgram/flux-general-multi:de", "?model=flux-general-multi&encoding=linear16&sample_rate=16000&keyterm=Jane%20Doe&keyterm=LiveKit&language_hint=de")]
    public async Task Open_WithKeyterms_AsksForWhatTheNameSays(string provider, string query)
    {
        await using var stage = await StageAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Providers:Deepgram:Keyterms:0"] = "Jane Doe", ["Providers:Deepgram:Keyterms:1"] = "LiveKit" });
        await using var stream = await stage.Catalog.GetSpeechToText(provider).OpenAsync(Cancellation);

        Assert.Equal(query, Assert.Single(stage.Vendors.Requests.All).Query);
    }

    [Theory]
    [InlineData("deepgram/nova-3:multi")]
    [InlineData("deepgram/flux-general-multi")]
    public async Task Read_SeveralLanguages_TellsWhichWasHeard(string provider)
    {
        await using var stage = await StageAsync(null, "good morning");
        await using var stream = await stage.Catalog.GetSpeechToText(provider).OpenAsync(Cancellation);
        stream.Push(await ToneAsync());
        stream.Flush();

        Assert.All((await LocalEngines.ReadToFlushAsync(stream)).Where(result => result.Text.Length > 0), result => Assert.Equal("en", result.Language));
    }

    [Theory]
    [InlineData("deepgram/flux-general-en:de", null, null, "flux-general-multi:de")]
    [InlineData("deepgram/nova-2", "Providers:Deepgram:Keyterms:0", "LiveKit", "nova-3")]
    [InlineData("deepgram/flux-general-en", "Providers:Deepgram:Flux:EagerEndOfTurnThreshold", "0.8", "EndOfTurnThreshold")]
    public async Task Validate_WhatCannotWork_SaysWhatToDo(string provider, string? key, string? value, string advice)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (key is not null)
            settings[key] = value;
        await using var stage = await StageAsync(settings);

        var error = Assert.Throws<ConfigurationException>(() => stage.Catalog.Validate(ProviderKind.SpeechToText, provider));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Refused_TellsTheRequestAndTheVendorsReason()
    {
        await using var stage = await StageAsync(null);
        stage.Vendors.Faults.Always("deepgram/listen", Fault.Http(402));

        var error = await Assert.ThrowsAsync<ProviderException>(async () => await stage.Catalog.GetSpeechToText("deepgram/nova-3").OpenAsync(Cancellation));

        Assert.True(Guid.TryParse(error.RequestId, out _), error.RequestId);
        Assert.Contains("does not have enough credits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WarmUp_BeforeOpen_TheStreamUsesThatConnection()
    {
        await using var stage = await StageAsync(null, "good morning");
        var recogniser = stage.Catalog.GetSpeechToText("deepgram/flux-general-en");
        await ((IWarmable)recogniser).WarmUpAsync(Cancellation);
        await ((IWarmable)recogniser).WarmUpAsync(Cancellation);

        await using var stream = await recogniser.OpenAsync(Cancellation);
        stream.Push(await ToneAsync());
        stream.Flush();

        Assert.Equal("Good morning.", LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream)));
        Assert.Single(stage.Vendors.Requests.All);
    }

    private static Task<ProviderStage> StageAsync(Dictionary<string, string?>? settings, params string[] lines)
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect(lines);
        return ProviderStage.StartAsync(new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()), settings: settings);
    }

    private static async Task<short[]> ToneAsync() => (await new ToneSynthesizer().SpeakAsync("good-morning", 16_000, Cancellation)).Samples;
}
