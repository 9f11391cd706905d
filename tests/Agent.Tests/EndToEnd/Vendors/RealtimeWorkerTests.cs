using Agent.LiveKit.Api;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.CommandLine;
using Agent.Playground.Check;
using Agent.Playground.Web;
using Agent.Providers;
using Agent.Providers.Catalog;
using Agent.Tests.EndToEnd.Conversation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Tests.EndToEnd.Vendors;

/// <summary>
/// The worker with a speech-to-speech model, from environment variables and <c>start --realtime …</c> alone, in a spoken conversation over real media: the Realtime API is
/// really spoken; behind it, engines of this machine hear, decide and speak.
/// </summary>
[Collection(nameof(RealTime))]
public sealed class RealtimeWorkerTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    private const string Key = "key-of-the-environment-41c9";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_WithASpeechToSpeechModel_AnswersAndIsInterrupted()
    {
        await using var engines = Agent.LoopbackVendors.Engines.LocalEngines.Load();
        await using var vendors = await LoopbackVendorHost.StartAsync(new LoopbackOptions { ApiKey = Key, Engines = engines.Set }, Stop);
        var agentName = $"realtime-{Guid.NewGuid():N}";
        await using var worker = WorkerProcess.Start(Environment(vendors), "start", "--agent-name", agentName, "--realtime", "openai/gpt-realtime:cedar");
        var server = new LiveKitServer(fixture.Url.ToString(), fixture.ApiKey, fixture.ApiSecret);
        await Eventually.HoldsAsync(() => worker.Log.Contains("registered", StringComparison.OrdinalIgnoreCase), () => $"the worker to register; it wrote:\n{worker.Log}");
        await using var caller = await RoomCaller.JoinAsync(new SessionDesk(server, agentName).Admit("realtime"), TimeProvider.System, Stop);
        await Eventually.HoldsAsync(() => caller.AgentState is "listening", () => $"the agent to listen; it is {caller.AgentState}\n{worker.Log}\n{fixture.Log}");
        await using var local = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddProviders().BuildServiceProvider();
        var catalog = local.GetRequiredService<ProviderCatalog>();
        var conversation = new CheckConversation(
            caller,
            new CheckVoices(catalog.GetTextToSpeech("local/flite:rms"), catalog.GetSpeechToText("local/pocketsphinx")),
            new AgentLedger(),
            new CheckLimits { Wait = TimeSpan.FromSeconds(30) },
            TimeProvider.System);

        await conversation.AskAsync(new("hello my name is john", Expected: "john"), Stop);
        await conversation.InterruptAsync(new("please tell me a long story", Expected: "time"), new("what is my name", Expected: "john"), Stop);

        Assert.True(
            conversation.Turns.All(turn => turn.Problems.Count == 0),
            $"{string.Join(System.Environment.NewLine, conversation.Turns.Select(turn => CheckReportJson.Write(turn)))}{System.Environment.NewLine}{worker.Log}");
        var session = Assert.Single(vendors.Requests.Of("openai/realtime"));
        Assert.Contains("conversation.item.truncate", session.Events);
        Assert.DoesNotContain("refuses", worker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, worker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("john", worker.Log, StringComparison.OrdinalIgnoreCase);
    }

    private Dictionary<string, string> Environment(LoopbackVendorHost vendors)
    {
        var environment = EnvironmentLines.Variables(vendors.Address)
            .ToDictionary(variable => variable.Key, variable => variable.Value == "loopback" ? Key : variable.Value, StringComparer.Ordinal);
        environment["LIVEKIT_URL"] = fixture.Url.ToString();
        environment["LIVEKIT_API_KEY"] = fixture.ApiKey;
        environment["LIVEKIT_API_SECRET"] = fixture.ApiSecret;
        environment["Health__Enabled"] = "false";
        return environment;
    }
}
