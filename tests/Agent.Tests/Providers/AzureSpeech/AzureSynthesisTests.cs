using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech;
using Agent.Providers.AzureSpeech.Synthesis;

namespace Agent.Tests.Providers.AzureSpeech;

/// <summary>What is Azure's own about synthesis: streams of text, SSML, stopping, connections kept.</summary>
public sealed class AzureSynthesisTests : IAsyncLifetime
{
    private const string Endpoint = "azure/synthesis";

    private LoopbackVendorHost? _vendors;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LoopbackVendorHost Vendors => _vendors ?? throw new InvalidOperationException("Not initialized.");

    public async ValueTask InitializeAsync() => _vendors = await LoopbackVendorHost.StartAsync(cancellationToken: Cancellation);

    public ValueTask DisposeAsync() => Vendors.DisposeAsync();

    [Fact]
    public async Task Write_StreamOfText_IsOneRequest()
    {
        await using var synthesizer = Create();

        var (_, words) = await SpeakAsync(synthesizer, "Hello,", "my friend.", "How are", "you?");

        Assert.Equal("Hello, my friend. How are you?", string.Join(' ', words.Select(word => word.Text)));
        var events = Vendors.Requests.Of(Endpoint).Single(request => request.Events.Contains("synthesis.context")).Events;
        Assert.Equal(["speech.config", "synthesis.context", "text.piece", "text.piece", "text.piece", "text.piece", "text.end"], events);
    }

    [Fact]
    public async Task Write_Markup_IsOneRequestEachAndOneUtterance()
    {
        await using var synthesizer = Create(options => options.SynthesisInput = AzureSynthesisInput.Ssml);

        var (samples, words) = await SpeakAsync(synthesizer, "Ask AT&T <now>,", "my friend.", "...", "Is 1 < 2?");

        Assert.Equal("Ask AT&T <now>, my friend. Is 1 2?", string.Join(' ', words.Select(word => word.Text)));
        Assert.All(words.Zip(words.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair.First} overlaps {pair.Second}"));

        // 60 ms of tone for each character; what separates the pieces is spoken as the silence that it is.
        Assert.Equal("Ask AT&T <now>, my friend. Is 1 < 2?".Length * 1440, samples);
        var events = Vendors.Requests.Of(Endpoint).Single(request => request.Events.Contains("synthesis.context")).Events;
        Assert.Equal(3, events.Count(what => what == "ssml"));
        Assert.DoesNotContain(events, what => what.StartsWith("violation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_WhileSpeaking_StopsAtTheServiceAndEndsReading()
    {
        // The seventh message is the first sound, behind turn.start, response and four words. Whoever leaves with messages unread resets the connection, and what
        // was sent just before is lost with it.
        Vendors.Faults.Next(Endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = 7 });
        await using var synthesizer = Create();
        var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("Hello there, my friend.", Cancellation);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = ReadAsync(synthesis, heard: heard);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);

        await synthesis.DisposeAsync();

        await reading;
        await Vendors.Requests.WaitAsync(log => log.Of(Endpoint)[0].Events.Any(what => what is "closed" or "aborted"), Cancellation);
        Assert.Contains("synthesis.control", Vendors.Requests.Of(Endpoint)[0].Events);
        Assert.NotEqual(0, (await SpeakAsync(synthesizer, "And now?")).Samples);
    }

    [Fact]
    public async Task Begin_OneUtteranceAfterTheOther_UsesTheSameConnections()
    {
        await using var synthesizer = Create();
        await synthesizer.WarmUpAsync(Cancellation);

        for (var i = 0; i < 5; i++)
            await SpeakAsync(synthesizer, "Hello there.");

        // One speaks, one stands by.
        Assert.InRange(Vendors.Requests.Of(Endpoint).Count, 1, 2);
        Assert.Equal(5, Vendors.Requests.Of(Endpoint).Sum(request => request.Events.Count(what => what == "text.end")));
    }

    [Fact]
    public async Task Read_ConnectionLostBeforeTheFirstMessage_AsksAgainOverAnother()
    {
        Vendors.Faults.Next(Endpoint, new Fault(FaultKind.Drop) { After = 0 });
        await using var synthesizer = Create();

        var (samples, words) = await SpeakAsync(synthesizer, "Hello,", "my friend.");

        Assert.Equal("Hello, my friend.".Length * 1440, samples);
        Assert.Equal("Hello, my friend.", string.Join(' ', words.Select(word => word.Text)));
    }

    [Fact]
    public async Task Read_WriterPauses_WaitsForItLongerThanForTheService()
    {
        await using var synthesizer = Create(options => options.Resilience.FirstByteTimeout = options.Resilience.IdleTimeout = TimeSpan.FromMilliseconds(200));
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("Hello", Cancellation);
        var reading = ReadAsync(synthesis);
        await Vendors.Requests.WaitAsync(log => log.Of(Endpoint).Any(request => request.Events.Contains("text.piece")), Cancellation);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancellation)));

        await synthesis.WriteAsync("there.", Cancellation);
        synthesis.Complete();

        Assert.Equal("Hello there.".Length * 1440, await reading);
    }

    [Fact]
    public async Task Read_WithoutWordTimings_AsksForNone()
    {
        await using var synthesizer = Create(options => options.WordTimings = false);

        var (_, words) = await SpeakAsync(synthesizer, "Hello there.");

        Assert.False(synthesizer.Capabilities.WordTimings);
        Assert.Empty(words);
    }

    [Fact]
    public async Task Usage_OfAnUtterance_CountsCharactersAndSound()
    {
        await using var synthesizer = Create();
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("Hello,", Cancellation);
        await synthesis.WriteAsync("there.", Cancellation);
        synthesis.Complete();
        await ReadAsync(synthesis);

        Assert.Equal(new SpeechUsage(TimeSpan.FromMilliseconds(60 * 13), Characters: 13), synthesis.Usage);
    }

    [Fact]
    public async Task Read_VoiceIsWrong_IsABadRequest()
    {
        Vendors.Faults.Always(Endpoint, new Fault(FaultKind.HalfClose) { CloseCode = 1007 });
        await using var synthesizer = Create();

        var error = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(synthesizer, "Hello there."));

        Assert.Equal((ProviderErrorKind.BadRequest, false), (error.Kind, error.IsTransient));
    }

    private static async Task<(long Samples, IReadOnlyList<WordTiming> Words)> SpeakAsync(AzureTextToSpeech synthesizer, params string[] pieces)
    {
        await using var synthesis = await synthesizer.BeginAsync(Cancellation);
        List<WordTiming> words = [];
        var reading = ReadAsync(synthesis, words);
        foreach (var piece in pieces)
            await synthesis.WriteAsync(piece, Cancellation);
        synthesis.Complete();
        return (await reading, words);
    }

    private static async Task<long> ReadAsync(ISynthesis synthesis, List<WordTiming>? words = null, TaskCompletionSource? heard = null)
    {
        var samples = 0L;
        await foreach (var piece in synthesis.ReadAsync(Cancellation))
        {
            using (piece.Frame)
                samples += piece.Frame.Samples.Length;
            words?.AddRange(piece.Words);
            heard?.TrySetResult();
        }

        return samples;
    }

    private AzureTextToSpeech Create(Action<AzureSpeechOptions>? configure = null)
    {
        var options = new AzureSpeechOptions { ApiKey = "key", BaseUrl = Vendors.Address };
        options.Resilience.ConnectTimeout = options.Resilience.FirstByteTimeout = options.Resilience.IdleTimeout = TimeSpan.FromSeconds(20);
        configure?.Invoke(options);
        return new AzureTextToSpeech("azure/en-US-AvaMultilingualNeural", "en-US-AvaMultilingualNeural", options, TimeProvider.System);
    }
}
