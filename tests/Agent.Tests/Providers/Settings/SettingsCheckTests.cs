using Agent.Pipeline.Sessions;
using Agent.Providers.AzureSpeech;
using Agent.Providers.Deepgram;
using Agent.Providers.ElevenLabs;
using Agent.Providers.Hedging;
using Agent.Providers.OpenAi;
using Agent.Providers.OpenAi.Chat;
using Agent.Providers.OpenAi.Realtime;
using Agent.Providers.Settings;
using Agent.Worker.Configuration;

namespace Agent.Tests.Providers.Settings;

public sealed class SettingsCheckTests
{
    public static TheoryData<object> Defaults { get; } =
    [
        new DeepgramOptions(), new ElevenLabsOptions(), new AzureSpeechOptions(), new OpenAiOptions(), new OpenAiRealtimeOptions(), new HedgingOptions(), new SessionOptions(), new WorkerOptions(), new HealthOptions(),
    ];

    [Theory]
    [MemberData(nameof(Defaults), DisableDiscoveryEnumeration = true)]
    public void Failures_OfDefaults_AreNone(object settings) => Assert.Empty(SettingsCheck.Failures(settings, "Section"));

    [Fact]
    public void Failures_OfATime_SayKeyValueAndLimits() =>
        AssertFails(new DeepgramOptions { FlushTimeout = TimeSpan.FromSeconds(-1.5) }, "Section:FlushTimeout is -00:00:01.5; it has to be 00:00:00.1 to 00:00:10.");

    [Fact]
    public void Failures_OfATimeWithoutColons_SayThatItIsDays() =>
        AssertFails(
            new DeepgramOptions { FlushTimeout = TimeSpan.Parse("5", System.Globalization.CultureInfo.InvariantCulture) },
            "Section:FlushTimeout is 5.00:00:00; it has to be 00:00:00.1 to 00:00:10. A number alone is days; seconds are written 00:00:05.");

    [Fact]
    public void Failures_OfANumber_SayKeyValueAndLimits() =>
        AssertFails(new HedgingOptions { Percentile = double.NaN }, "Section:Percentile is NaN; it has to be 0.5 to 0.99.");

    [Fact]
    public void Failures_InsideOfSettings_AreFoundUnderTheirKeys()
    {
        var options = new DeepgramOptions();
        options.Resilience.Retries = 99;
        options.Nova.UtteranceEnd = TimeSpan.Zero;

        Assert.Equal(
            ["Section:Nova:UtteranceEnd is 00:00:00; it has to be 00:00:01 to 00:00:05.", "Section:Resilience:Retries is 99; it has to be 0 to 10."],
            SettingsCheck.Failures(options, "Section").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Failures_OfServersWithNames_AreFoundUnderTheirNames()
    {
        var options = new OpenAiOptions();
        options.Endpoints["gpu"] = new OpenAiEndpointOptions { ReasoningEffort = "very much" };

        AssertFails(options, "Section:Endpoints:gpu:ReasoningEffort is 'very much'; it has to be a word in lower case, such as minimal or low.");
    }

    [Fact]
    public void Failures_OfOneOfSeveral_SayWhich() =>
        AssertFails(new ElevenLabsOptions { SampleRateHz = 8 }, "Section:SampleRateHz is 8; it has to be 8,000, 16,000, 22,050, 24,000 or 44,100.");

    [Fact]
    public void Failures_OfAWord_SayWhatItIsToBe() =>
        AssertFails(new OpenAiRealtimeOptions { Eagerness = "eager" }, "Section:Eagerness is 'eager'; it has to be low, medium, high or auto.");

    [Fact]
    public void Failures_OfTwoThatDoNotAgree_SayBoth()
    {
        var options = new HedgingOptions { MinDelay = TimeSpan.FromSeconds(5) };

        AssertFails(options, "Section:MinDelay (00:00:05) is longer than MaxDelay (00:00:03); lower it, or give a MaxDelay of at least 00:00:05.");
    }

    [Fact]
    public void Failures_OfAKeyInTheWrongPlace_DoNotRepeatIt()
    {
        const string Key = "0123456789abcdef0123456789abcdef";

        var failure = Assert.Single(SettingsCheck.Failures(new AzureSpeechOptions { Region = Key }, "Section"));

        Assert.Equal("Section:Region is '012…' (32 characters); it has to be the short name of an Azure region, such as westeurope.", failure);
    }

    [Fact]
    public void Failures_OfAList_SayHowManyItMayHave()
    {
        var options = new DeepgramOptions();
        for (var i = 0; i < 101; i++)
            options.Keyterms.Add("word");

        AssertFails(options, "Section:Keyterms has 101 entries; it may have 100.");
    }

    private static void AssertFails(object settings, string expected) => Assert.Equal(expected, Assert.Single(SettingsCheck.Failures(settings, "Section")));
}
