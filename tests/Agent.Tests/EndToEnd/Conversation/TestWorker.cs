using Agent.LiveKit.Api;
using Agent.Pipeline.Sessions.Events;
using Agent.Playground.Check;
using Agent.Playground.Web;
using Agent.Providers.Catalog;
using Agent.Worker.Agents;
using Agent.Worker.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.EndToEnd.Conversation;

/// <summary>A worker with one agent and the local engines, registered with the fixture's server under a name of its own.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly AgentWorker _worker;

    private TestWorker(AgentWorker worker, LiveKitServer server, string agentName, TestLog log)
    {
        _worker = worker;
        Server = server;
        AgentName = agentName;
        Log = log;
        var catalog = worker.Services.GetRequiredService<ProviderCatalog>();
        Voices = new CheckVoices(catalog.GetTextToSpeech("local/flite:rms"), catalog.GetSpeechToText("local/pocketsphinx"));
    }

    public LiveKitServer Server { get; }

    public string AgentName { get; }

    public AgentLedger Ledger { get; } = new();

    public TestLog Log { get; }

    public CheckVoices Voices { get; }

    public static async Task<TestWorker> StartAsync(LiveKitServerFixture fixture, Action<AgentOptions>? configure = null)
    {
        var server = new LiveKitServer(fixture.Url.ToString(), fixture.ApiKey, fixture.ApiSecret);
        var agentName = $"agent-{Guid.NewGuid():N}";
        var log = new TestLog();
        TestWorker? started = null;
        var builder = AgentWorker.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["LiveKit:Url"] = fixture.Url.ToString(),
            ["LiveKit:ApiKey"] = fixture.ApiKey,
            ["LiveKit:ApiSecret"] = fixture.ApiSecret,
            ["Worker:DrainTimeout"] = "00:00:00",
            ["Health:Enabled"] = "false",
        });
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddAgent(agentName, agent =>
        {
            agent.SpeechToText = "local/pocketsphinx";
            agent.LanguageModel = "local/dialogue";
            agent.TextToSpeech = "local/flite:rms";
            agent.OnEvent = (_, happened) =>
            {
                if (happened is TurnEnded ended)
                    started?.Ledger.Add(ended.Entry);
            };
            configure?.Invoke(agent);
        });
        var worker = builder.Build();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        return started = new(worker, server, agentName, log);
    }

    /// <summary>Joins a new room with a token that asks for the agent.</summary>
    public Task<RoomCaller> CallAsync() => CallAsync(new SessionDesk(Server, AgentName).Admit("test"));

    public Task<RoomCaller> CallAsync(SessionGrant grant) => RoomCaller.JoinAsync(grant, TimeProvider.System, TestContext.Current.CancellationToken);

    public CheckConversation Converse(RoomCaller caller) =>
        new(caller, Voices, Ledger, new CheckLimits { Silence = TimeSpan.FromSeconds(3), Wait = TimeSpan.FromSeconds(60) }, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync();
        _worker.Dispose();
    }
}
