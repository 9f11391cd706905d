using Agent.Providers.Settings;
using Agent.Providers.Vendors;
using Agent.Worker.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Tests.Providers.Settings;

public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Providers:Deepgarm:ApiKey", "Providers:Deepgarm", "Providers:Deepgram")]
    [InlineData("Providers:Deepgram:ApiKye", "Providers:Deepgram:ApiKye", "Providers:Deepgram:ApiKey")]
    [InlineData("Providers:Deepgram:Resilience:Retrys", "Providers:Deepgram:Resilience:Retrys", "Providers:Deepgram:Resilience:Retries")]
    [InlineData("Providers:OpenAi:Endpoints:gpu:BaseUlr", "Providers:OpenAi:Endpoints:gpu:BaseUlr", "Providers:OpenAi:Endpoints:gpu:BaseUrl")]
    [InlineData("Providers:OpenAi:Realtime:Voise", "Providers:OpenAi:Realtime:Voise", "Providers:OpenAi:Realtime:Voice")]
    [InlineData("Providers:Local:Flit:Threads", "Providers:Local:Flit", "Providers:Local:Flite")]
    [InlineData("Worker:ParticipantGrace", "Worker:ParticipantGrace", "Worker:ParticipantWait")]
    [InlineData("Wroker:MaxJobs", "Wroker", "Worker")]
    [InlineData("Agents:clerk:SpeechToTxt", "Agents:clerk:SpeechToTxt", "Agents:clerk:SpeechToText")]
    [InlineData("Agent:Session:Turns:Endpointing:MinDelays", "Agent:Session:Turns:Endpointing:MinDelays", "Agent:Session:Turns:Endpointing:MinDelay")]
    [InlineData("Agent:Whatsoever", "Agent:Whatsoever", null)]
    [InlineData("AGENT_SST", "AGENT_SST", "AGENT_STT")]
    [InlineData("DEEPGRAM_API_KYE", "DEEPGRAM_API_KYE", "DEEPGRAM_API_KEY")]
    public void In_KeyThatNothingReads_FindsItAndWhatWasMeant(string key, string found, string? meant) =>
        Assert.Equal((found, meant), Assert.Single(Unknown((key, "value"))));

    [Theory]
    [InlineData("Providers:Deepgram:ApiKey")]
    [InlineData("providers:deepgram:nova:language")]
    [InlineData("Providers:Deepgram:Keyterms:0")]
    [InlineData("Providers:OpenAi:Chat:Resilience:Retries")]
    [InlineData("Providers:OpenAi:Endpoints:gpu:Resilience:Retries")]
    [InlineData("Providers:OpenAi:Transcription:Realtime")]
    [InlineData("Providers:Acme:Voice")]
    [InlineData("Agent:Name")]
    [InlineData("Agents:clerk:Session:Turns:Interruption:StopWords:0")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("MyApplication:Agent:Setting")]
    [InlineData("ELEVEN_API_KEY")]
    [InlineData("AGENT_TEST_LIVEKIT_URL")]
    [InlineData("PATH")]
    public void In_KeyThatIsReadOrBelongsToOthers_FindsNothing(string key) => Assert.Empty(Unknown((key, "value")));

    private static List<(string Key, string? Meant)> Unknown(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddAgentWorker().BuildServiceProvider();
        string[] variables = ["AGENT_STT", "AGENT_TTS", .. services.GetServices<VendorVariables>().SelectMany(vendor => vendor.ApiKey)];
        return [.. new UnknownSettings([.. services.GetServices<SettingsSection>()], variables).In(configuration)];
    }
}
