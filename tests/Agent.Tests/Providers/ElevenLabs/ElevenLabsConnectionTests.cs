using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.ElevenLabs;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.ElevenLabs;

public sealed class ElevenLabsConnectionTests : IAsyncLifetime
{
    private const string Endpoint = "elevenlabs/speak";
    private const string Text = "She sells fresh bread and milk in the market.";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ElevenLabsOptions _options = new();
    private ProviderStage _stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await ProviderStage.StartAsync();
        _options.ApiKey = ProviderStage.Key;
        _options.BaseUrl = _stage.Vendors.Address;
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Begin_OneAfterTheOther_ShareAWarmConnection()
    {
        await using var synthesizer = Create();
        await synthesizer.WarmUpAsync(Cancellation);
        for (var i = 0; i < 3; i++)
            await SpeakAsync(synthesizer);

        Assert.Single(_stage.Vendors.Requests.Of(Endpoint));
        Assert.Equal(3, Events().Count(what => what == "open"));
    }

    [Fact]
    public async Task Begin_MoreAtOnceThanAConnectionTakes_UseAnother()
    {
        _options.ContextsPerConnection = 2;
        _stage.Vendors.Faults.Always(Endpoint, new Fault(FaultKind.SlowDrip) { Pace = TimeSpan.FromMilliseconds(3) });
        await using var synthesizer = Create();

        var spoken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SpeakAsync(synthesizer)));

        Assert.All(spoken, samples => Assert.Equal(spoken[0], samples));
        Assert.Equal(2, _stage.Vendors.Requests.Of(Endpoint).Count);
        Assert.DoesNotContain(Events(), what => what.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_AgainAndAgain_NeverOpensMoreThanTheServiceTakes()
    {
        _stage.Vendors.Faults.Always(Endpoint, new Fault(FaultKind.SlowDrip) { Pace = TimeSpan.FromMilliseconds(2) });
        await using var synthesizer = Create();
        for (var i = 0; i < 12; i++)
        {
            var synthesis = await synthesizer.BeginAsync(Cancellation);
            await synthesis.WriteAsync(Text, Cancellation);
            await using var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
            Assert.True(await sound.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));
            sound.Current.Frame.Dispose();
            await synthesis.DisposeAsync();
        }

        Assert.Equal(12, Events().Count(what => what == "open"));
        Assert.DoesNotContain(Events(), what => what.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_ConnectionLostBeforeTheFirstSound_IsSaidAgainOnAnother()
    {
        await using var synthesizer = Create();
        var well = await SpeakAsync(synthesizer);
        _options.Resilience.MaxConnectionAge = TimeSpan.Zero;
        _stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.Drop) { After = 0 });

        var again = await SpeakAsync(synthesizer);

        Assert.Equal(well, again);
    }

    [Fact]
    public async Task Begin_ConnectionTooOld_IsReplaced()
    {
        _options.Resilience.MaxConnectionAge = TimeSpan.Zero;
        await using var synthesizer = Create();
        await SpeakAsync(synthesizer);
        await using var next = await synthesizer.BeginAsync(Cancellation);

        // The command may be lost with the connection where messages were unread.
        await _stage.Vendors.Requests.WaitAsync(log => log.Of(Endpoint)[0].Events.Any(what => what is "close_socket" or "closed" or "aborted"), Cancellation).WaitAsync(s_patience, Cancellation);
    }

    [Fact]
    public async Task Write_LongAfterTheOneBefore_WasKeptAlive()
    {
        _options.InactivityTimeout = TimeSpan.FromSeconds(1);
        await using var synthesizer = Create();
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        var reading = ReadAsync(synthesis);
        await synthesis.WriteAsync("She sells fresh bread", Cancellation);
        await _stage.Vendors.Requests.WaitAsync(_ => Events().Count(what => what == "keep_alive") >= 4, Cancellation).WaitAsync(s_patience, Cancellation);
        await synthesis.WriteAsync("and milk in the market.", Cancellation);
        synthesis.Complete();

        var words = (await reading.WaitAsync(s_patience, Cancellation)).Words;
        Assert.Equal(Text, string.Join(' ', words.Select(word => word.Text)));
    }

    [Fact]
    public async Task Begin_WithVoiceSettings_SendsThemOncePerContext()
    {
        _options.Stability = 0.4;
        _options.Speed = 1.1;
        _options.LanguageCode = "en";
        await using var synthesizer = Create();
        await SpeakAsync(synthesizer);
        await SpeakAsync(synthesizer);

        Assert.DoesNotContain(Events(), what => what.StartsWith("error", StringComparison.Ordinal));
        Assert.Contains("output_format=pcm_24000&auto_mode=true&sync_alignment=true", _stage.Vendors.Requests.Of(Endpoint)[0].Query, StringComparison.Ordinal);
        Assert.EndsWith("&language_code=en", _stage.Vendors.Requests.Of(Endpoint)[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_UnknownVoice_IsABadRequest()
    {
        await using var synthesizer = Create("unknown-voice");

        var error = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(synthesizer));

        Assert.Equal((ProviderErrorKind.BadRequest, false), (error.Kind, error.IsTransient));
    }

    [Theory]
    [InlineData("invalid_api_key", 1008, ProviderErrorKind.Authentication, false)]
    [InlineData("quota_exceeded", 1008, ProviderErrorKind.Quota, false)]
    [InlineData("max_active_conversations", 1008, ProviderErrorKind.RateLimit, true)]
    [InlineData("input_timeout_exceeded", 1008, ProviderErrorKind.Timeout, true)]
    [InlineData("something new", 1008, ProviderErrorKind.Connection, true)]
    [InlineData(null, 1011, ProviderErrorKind.Connection, true)]
    public void From_OfTheService_SaysWhatItMeans(string? name, int? code, ProviderErrorKind kind, bool isTransient)
    {
        var error = ElevenLabsErrors.From("elevenlabs/eleven_flash_v2_5", name, code, words: null, "trace");

        Assert.Equal((kind, isTransient, "trace"), (error.Kind, error.IsTransient, error.RequestId));
        Assert.DoesNotContain("something new", error.Message, StringComparison.Ordinal);
    }

    private ElevenLabsTextToSpeech Create(string voice = "JBFqnCBsd6RMkjVDRZzb") =>
        new($"elevenlabs/eleven_flash_v2_5:{voice}", "eleven_flash_v2_5", voice, _options, TimeProvider.System, NullLogger.Instance);

    private IEnumerable<string> Events() => _stage.Vendors.Requests.Of(Endpoint).SelectMany(request => request.Events);

    private static async Task<long> SpeakAsync(ElevenLabsTextToSpeech synthesizer)
    {
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync(Text, Cancellation);
        synthesis.Complete();
        return (await ReadAsync(synthesis).WaitAsync(s_patience, Cancellation)).Samples;
    }

    private static async Task<(long Samples, List<WordTiming> Words)> ReadAsync(ISynthesis synthesis)
    {
        var samples = 0L;
        List<WordTiming> words = [];
        await foreach (var piece in synthesis.ReadAsync(Cancellation))
        {
            using (piece.Frame)
                samples += piece.Frame.Samples.Length;
            words.AddRange(piece.Words);
        }

        return (samples, words);
    }
}
