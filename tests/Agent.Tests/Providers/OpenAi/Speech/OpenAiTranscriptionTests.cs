using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi;
using Agent.Providers.OpenAi.Speech;
using Agent.Providers.OpenAi.Speech.Realtime;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using LocalEngines = Agent.Tests.Providers.Local.LocalEngines;

namespace Agent.Tests.Providers.OpenAi.Speech;

/// <summary>What is special about OpenAI's recognisers.</summary>
public sealed class OpenAiTranscriptionTests
{
    private const string First = "she sells fresh bread";
    private const string Second = "and milk in the market";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_SessionTooOld_IsReplacedBetweenTwoUtterances()
    {
        await using var stage = await StageAsync();
        var options = new OpenAiTranscriptionOptions { MaxSessionAge = TimeSpan.FromTicks(1) };
        using var endpoint = new OpenAiEndpoint(
            Options.Create(new OpenAiOptions { ApiKey = ProviderStage.Key, BaseUrl = new Uri(stage.Vendors.Address, "v1") }), TimeProvider.System);
        await using var recogniser = new RealtimeTranscription(
            TranscriptionModel.Of(ProviderName.Parse("openai/gpt-4o-transcribe"), options), endpoint, options, NullLogger.Instance);
        await using var stream = await recogniser.OpenAsync(Cancellation);

        var heard = new[] { await SayAsync(stream, 24_000), await SayAsync(stream, 24_000) };

        Assert.Equal([First, Second], heard);
        Assert.True(stage.Vendors.Requests.Of("openai/realtime-transcription").Count > 1, "one session served both");
    }

    [Fact]
    public async Task Open_AfterWarmingUp_UsesTheConnectionThatIsThere()
    {
        await using var stage = await StageAsync();
        var recogniser = stage.Catalog.GetSpeechToText("openai/gpt-4o-transcribe");
        await ((IWarmable)recogniser).WarmUpAsync(Cancellation);
        await ((IWarmable)recogniser).WarmUpAsync(Cancellation);
        await using var stream = await recogniser.OpenAsync(Cancellation);

        Assert.Equal(First, await SayAsync(stream, 24_000));

        Assert.Single(stage.Vendors.Requests.Of("openai/realtime-transcription"));
    }

    [Theory]
    [InlineData("ServerVad")]
    [InlineData("SemanticVad")]
    public async Task Read_VendorFindsTheEnds_TellsThatTheTurnIsOver(string detection)
    {
        await using var stage = await StageAsync(("TurnDetection", detection));
        var recogniser = stage.Catalog.GetSpeechToText("openai/gpt-4o-transcribe:en");
        Assert.True(recogniser.Capabilities.EndOfTurn);
        await using var stream = await recogniser.OpenAsync(Cancellation);
        Push(stream, 24_000, 1.2);
        stream.Push(new short[24_000]);

        var results = new List<Transcript>();
        await foreach (var result in stream.ReadAsync(Cancellation))
        {
            results.Add(result);
            if (result.Kind == TranscriptKind.EndOfTurn)
                break;
        }

        Assert.Equal(First, LocalEngines.Finals(results));
        Assert.InRange(results[^1].End.TotalSeconds, 1.1, 1.6);
        stream.Flush();
        Assert.Single(await LocalEngines.ReadToFlushAsync(stream));
    }

    [Fact]
    public async Task Read_SessionRefused_SaysSo()
    {
        await using var stage = await StageAsync();
        await using var stream = await stage.Catalog.GetSpeechToText("openai/gpt-4o-transcribe-2099-01-01").OpenAsync(Cancellation);
        stream.Flush();

        var error = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            // The flush is answered at once: nothing was said.
            await foreach (var _ in stream.ReadAsync(Cancellation))
            {
            }
        });

        Assert.Equal((ProviderErrorKind.BadRequest, false), (error.Kind, error.IsTransient));
        Assert.NotNull(error.RequestId);
    }

    [Fact]
    public async Task Read_VendorFallsSilentWhileItOwesWords_TimesOut()
    {
        await using var stage = await StageAsync(("Prompt", "bread"), ("../Resilience:FirstByteTimeout", "00:00:00.3"));
        stage.Vendors.Faults.Always("openai/realtime-transcription", new Fault(FaultKind.HangAfterFirstByte) { After = 2 });
        await using var stream = await stage.Catalog.GetSpeechToText("openai/gpt-4o-transcribe").OpenAsync(Cancellation);

        var error = await Assert.ThrowsAsync<ProviderException>(() => SayAsync(stream, 24_000));

        Assert.Equal((ProviderErrorKind.Timeout, true), (error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task Read_SegmentsSentAsFiles_WordsComeOneByOneAndTokensAreCounted()
    {
        await using var stage = await StageAsync(("Realtime", "false"));
        await using var stream = await stage.Catalog.GetSpeechToText("openai/gpt-4o-mini-transcribe:en").OpenAsync(Cancellation);
        Push(stream, 16_000, 1.2);
        stream.Flush();

        var results = await LocalEngines.ReadToFlushAsync(stream);

        Assert.Equal(["she", "she sells", "she sells fresh", First], results.Where(r => r.Kind == TranscriptKind.Interim).Select(r => r.Text));
        Assert.Equal((First, "en"), (LocalEngines.Finals(results), results[^2].Language));
        Assert.True(stream.Usage is { InputTokens: > 0, OutputTokens: > 0 }, stream.Usage.ToString());
        Assert.Empty(stage.Vendors.Requests.Of("openai/realtime-transcription"));
    }

    [Theory]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.HalfClose)]
    [InlineData(FaultKind.ErrorMessage)]
    public async Task Read_EventsFailInTheMiddle_Throws(FaultKind fault)
    {
        await using var stage = await StageAsync(("Realtime", "false"));
        stage.Vendors.Faults.Always("openai/transcriptions", new Fault(fault));
        await using var stream = await stage.Catalog.GetSpeechToText("openai/gpt-4o-transcribe").OpenAsync(Cancellation);

        var error = await Assert.ThrowsAsync<ProviderException>(() => SayAsync(stream, 16_000));

        Assert.True(error.IsTransient);
        stage.AssertDiscreet(["bread"], error);
    }

    [Theory]
    [InlineData("openai/gpt-live-transcribe", "Realtime", "false")]
    [InlineData("openai/gpt-live-transcribe", "TurnDetection", "ServerVad")]
    [InlineData("openai/gpt-realtime-whisper", "Prompt", "names of breads")]
    [InlineData("openai/whisper-1", "Keywords:0", "bread")]
    [InlineData("openai/whisper-1:english", "Realtime", "true")]
    public async Task Validate_SettingsThatTheModelDoesNotTake_SaysWhichToChange(string name, string setting, string value)
    {
        await using var stage = await StageAsync((setting, value));

        var error = Assert.Throws<ConfigurationException>(() => stage.Catalog.Validate(ProviderKind.SpeechToText, name));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static Task<ProviderStage> StageAsync(params (string Name, string Value)[] settings)
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect(First, Second);
        return ProviderStage.StartAsync(
            new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()),
            settings: settings.ToDictionary(
                setting => setting.Name.StartsWith("../", StringComparison.Ordinal) ? $"Providers:OpenAi:{setting.Name[3..]}" : $"Providers:OpenAi:Transcription:{setting.Name}",
                setting => (string?)setting.Value,
                StringComparer.Ordinal));
    }

    private static async Task<string> SayAsync(ISpeechToTextStream stream, int rateHz)
    {
        Push(stream, rateHz, 1.2);
        stream.Flush();
        return LocalEngines.Finals(await LocalEngines.ReadToFlushAsync(stream));
    }

    private static void Push(ISpeechToTextStream stream, int rateHz, double seconds)
    {
        var samples = new short[(int)(seconds * rateHz)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 300 * i / rateHz));
        stream.Push(samples);
    }
}
