using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;
using LocalEngines = Agent.Tests.Providers.Local.LocalEngines;

namespace Agent.Tests.Providers.Deepgram;

/// <summary>What Aura does that other synthesizers do not.</summary>
public sealed class DeepgramSpeakTests
{
    private const string Provider = "deepgram/aura-2-thalia-en";
    private const string Endpoint = "deepgram/speak";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispose_WhileTheVoiceSpeaks_ClearsAndKeepsTheConnectionForTheNext()
    {
        await using var stage = await ProviderStage.StartAsync();
        stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.SlowDrip) { Pace = TimeSpan.FromMilliseconds(5) });
        var synthesizer = stage.Catalog.GetTextToSpeech(Provider);
        var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("This is cut before it has been heard to its end by anybody at all.", Cancellation);
        await using (var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation))
        {
            Assert.True(await sound.MoveNextAsync());
            sound.Current.Frame.Dispose();
            await synthesis.DisposeAsync();
            Assert.False(await sound.MoveNextAsync());
        }

        await stage.Vendors.Requests.WaitAsync(log => log.Of(Endpoint).Any(request => request.Events.Contains("Clear")), Cancellation);

        Assert.NotEmpty(await LocalEngines.SayAsync(synthesizer, "And then something else."));
        Assert.All(stage.Vendors.Requests.Of(Endpoint), request => Assert.DoesNotContain("aborted", request.Events));
        Assert.Equal(["Speak", "Flush", "Clear"], stage.Vendors.Requests.Of(Endpoint)[0].Events.Take(3));
    }

    [Fact]
    public async Task Dispose_TheVoiceDoesNotConfirm_TheConnectionIsClosed()
    {
        await using var stage = await ProviderStage.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Providers:Deepgram:Aura:ClearTimeout"] = "00:00:00.1" });
        stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = 2 });
        var synthesizer = stage.Catalog.GetTextToSpeech(Provider);
        var synthesis = await synthesizer.BeginAsync(Cancellation);
        await synthesis.WriteAsync("This is cut.", Cancellation);
        await using (var sound = synthesis.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation))
        {
            Assert.True(await sound.MoveNextAsync());
            sound.Current.Frame.Dispose();
        }

        await synthesis.DisposeAsync();

        await stage.Vendors.Requests.WaitAsync(log => log.Of(Endpoint)[0].Events.Any(what => what is "aborted" or "closed"), Cancellation);
        Assert.NotEmpty(await LocalEngines.SayAsync(synthesizer, "And then something else."));
        Assert.Equal(2, stage.Vendors.Requests.Of(Endpoint).Count);
    }

    [Fact]
    public async Task Speak_ManyUtterances_UseOneConnectionWithinTheVendorsLimits()
    {
        await using var stage = await ProviderStage.StartAsync();
        var synthesizer = stage.Catalog.GetTextToSpeech(Provider);
        for (var i = 0; i < 25; i++)
            Assert.NotEmpty(await LocalEngines.SayAsync(synthesizer, "Yes."));

        var requests = stage.Vendors.Requests.Of(Endpoint);
        Assert.Equal(2, requests.Count);
        Assert.All(requests, request => Assert.InRange(request.Events.Count(what => what == "Flush"), 1, 20));
        Assert.DoesNotContain("warns", stage.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speak_ConnectionLostBeforeAnySound_IsRepeatedOnAnother()
    {
        await using var stage = await ProviderStage.StartAsync();
        stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.Drop));

        Assert.NotEmpty(await LocalEngines.SayAsync(stage.Catalog.GetTextToSpeech(Provider), "Hello there."));

        Assert.Equal(2, stage.Vendors.Requests.Of(Endpoint).Count);
    }

    [Fact]
    public async Task Begin_AfterWarmUp_UsesThatConnection()
    {
        await using var stage = await ProviderStage.StartAsync();
        var synthesizer = stage.Catalog.GetTextToSpeech(Provider);
        await ((IWarmable)synthesizer).WarmUpAsync(Cancellation);

        Assert.NotEmpty(await LocalEngines.SayAsync(synthesizer, "Hello there."));

        Assert.Equal("?model=aura-2-thalia-en&encoding=linear16&sample_rate=24000", Assert.Single(stage.Vendors.Requests.Of(Endpoint)).Query);
    }

    [Theory]
    [InlineData("deepgram/aura-2-thalia-en:en", null, "without a variant")]
    [InlineData("deepgram/nova-3", null, "aura-")]
    [InlineData("deepgram/aura-asteria-en", "1.2", "Aura-2")]
    public async Task Validate_WhatCannotWork_SaysWhatToDo(string provider, string? speed, string advice)
    {
        await using var stage = await ProviderStage.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Providers:Deepgram:Aura:Speed"] = speed });

        var error = Assert.Throws<ConfigurationException>(() => stage.Catalog.Validate(ProviderKind.TextToSpeech, provider));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }
}
