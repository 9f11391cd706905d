using Agent.LiveKit.Api;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.CommandLine;
using Agent.Playground.Check;
using Agent.Playground.Web;
using Agent.Providers;
using Agent.Providers.Catalog;
using Agent.Tests.EndToEnd.Conversation;
using Agent.Tests.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Tests.EndToEnd.Vendors;

/// <summary>
/// The worker as operators start it, with nothing but environment variables and <c>start --stt … --llm … --tts …</c>, in a spoken conversation over real media. Each
/// vendor's protocol is really spoken; behind it, engines of this machine hear, decide and speak.
/// </summary>
[Collection(nameof(RealTime))]
public sealed class VendorWorkerTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    private const string Key = "key-of-the-environment-41c9";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Combinations in which each client of each kind occurs.</summary>
    public static TheoryData<string, string, string> Combinations => new()
    {
        { "deepgram/nova-3", "openai/gpt-4.1-mini", "openai/gpt-4o-mini-tts" },
        { "assemblyai/universal-streaming-english", "anthropic/claude-haiku-4-5", "elevenlabs/eleven_flash_v2_5" },
        { "azure/speech:en-US", "azure-openai/my-deployment", "azure/en-US-AvaMultilingualNeural" },
        { "deepgram/flux-general-en", "openai/gpt-4.1-mini (Responses)", "deepgram/aura-2-thalia-en" },
        { "openai/gpt-4o-transcribe:en", "anthropic/claude-haiku-4-5", "openai/gpt-4o-mini-tts" },
        { "openai/whisper-1", "openai/gpt-4.1-mini", "deepgram/aura-2-thalia-en" },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Worker_FromItsEnvironmentAlone_HoldsASpokenConversation(string speechToText, string languageModel, string textToSpeech)
    {
        await using var engines = Agent.LoopbackVendors.Engines.LocalEngines.Load();
        await using var vendors = await LoopbackVendorHost.StartAsync(new LoopbackOptions { ApiKey = Key, Engines = engines.Set }, Stop);
        VendorProvider[] providers = [.. ((string[])[speechToText, languageModel, textToSpeech]).Select(title => VendorProvider.All.Single(each => each.Title == title))];
        var agentName = $"bench-{Guid.NewGuid():N}";
        await using var worker = WorkerProcess.Start(
            Environment(vendors, providers), "start", "--agent-name", agentName, "--stt", providers[0].Name, "--llm", providers[1].Name, "--tts", providers[2].Name);
        var server = new LiveKitServer(fixture.Url.ToString(), fixture.ApiKey, fixture.ApiSecret);
        await Eventually.HoldsAsync(() => worker.Log.Contains("registered", StringComparison.OrdinalIgnoreCase), () => $"the worker to register; it wrote:\n{worker.Log}");
        await using var caller = await RoomCaller.JoinAsync(new SessionDesk(server, agentName).Admit("vendors"), TimeProvider.System, Stop);
        await Eventually.HoldsAsync(() => caller.AgentState is "listening", () => $"the agent to listen; it is {caller.AgentState}\n{worker.Log}\n{fixture.Log}");
        await using var local = Local();
        var catalog = local.GetRequiredService<ProviderCatalog>();
        var conversation = new CheckConversation(
            caller,
            new CheckVoices(catalog.GetTextToSpeech("local/flite:rms"), catalog.GetSpeechToText("local/pocketsphinx")),
            new AgentLedger(),
            new CheckLimits { Wait = TimeSpan.FromSeconds(30) },
            TimeProvider.System);

        await conversation.AskAsync(new("hello my name is john", Expected: "john"), Stop);
        await conversation.AskAsync(new("what is my name", Expected: "john"), Stop);

        Assert.True(
            conversation.Turns.All(turn => turn.Problems.Count == 0),
            $"{string.Join(System.Environment.NewLine, conversation.Turns.Select(turn => CheckReportJson.Write(turn)))}{System.Environment.NewLine}{worker.Log}");
        Assert.All(providers, each => Assert.NotEmpty(vendors.Requests.Of(each.Endpoint)));
        Assert.DoesNotContain(Key, worker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("john", worker.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Combinations_OfAll_HoldEachClientOfEachKind()
    {
        var names = Combinations.SelectMany(row => (string[])[row.Data.Item1, row.Data.Item2, row.Data.Item3]).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(names, VendorProvider.All.Select(provider => provider.Title).ToHashSet(StringComparer.Ordinal));
    }

    private static ServiceProvider Local() => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddLogging()
        .AddProviders()
        .BuildServiceProvider();

    private Dictionary<string, string> Environment(LoopbackVendorHost vendors, IEnumerable<VendorProvider> providers)
    {
        var environment = EnvironmentLines.Variables(vendors.Address)
            .ToDictionary(variable => variable.Key, variable => variable.Value == "loopback" ? Key : variable.Value, StringComparer.Ordinal);
        environment["LIVEKIT_URL"] = fixture.Url.ToString();
        environment["LIVEKIT_API_KEY"] = fixture.ApiKey;
        environment["LIVEKIT_API_SECRET"] = fixture.ApiSecret;
        environment["Health__Enabled"] = "false";
        foreach (var (key, value) in providers.SelectMany(provider => provider.Settings))
            environment[key.Replace(":", "__", StringComparison.Ordinal)] = value!;
        return environment;
    }
}
