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
using LocalEngines = Agent.LoopbackVendors.Engines.LocalEngines;

namespace Agent.Tests.EndToEnd.Vendors;

/// <summary>
/// Somebody in a room with a worker that was started from environment variables and arguments alone. Its vendors are loopback vendors; behind them, engines of this
/// machine hear, decide and speak.
/// </summary>
internal sealed class WorkerConversation : IAsyncDisposable
{
    private const string Key = "key-of-the-environment-41c9";

    private readonly Stack<IAsyncDisposable> _owned = new();
    private WorkerProcess? _worker;

    private WorkerConversation()
    {
    }

    /// <summary>
    /// Whatever is interrupted lasts much longer. How soon the agent is silent is asked where the clock is virtual; here a server, a worker and the engines of a whole vendor
    /// share the machine.
    /// </summary>
    private static readonly TimeSpan s_longBeforeTheEnd = TimeSpan.FromSeconds(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What the worker has written.</summary>
    public string Log => _worker?.Log ?? "";

    public LoopbackVendorHost Vendors { get; private set; } = null!;

    public CheckConversation Talk { get; private set; } = null!;

    /// <summary>Starts everything, and waits until the agent listens.</summary>
    /// <param name="fixture">The server.</param>
    /// <param name="name">A name for the agent and the room.</param>
    /// <param name="settings">Further configuration for the worker's environment.</param>
    /// <param name="arguments">The worker's arguments for its engines.</param>
    public static async Task<WorkerConversation> StartAsync(
        LiveKitServerFixture fixture, string name, IEnumerable<KeyValuePair<string, string?>> settings, params string[] arguments)
    {
        var conversation = new WorkerConversation();
        try
        {
            await conversation.BeginAsync(fixture, name, settings, arguments);
            return conversation;
        }
        catch
        {
            await conversation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asserts that every turn went as it should, and that the log tells neither the key nor what was said.</summary>
    public void AssertWentWell()
    {
        Assert.True(
            Talk.Turns.All(turn => turn.Problems.Count == 0),
            $"{string.Join(Environment.NewLine, Talk.Turns.Select(turn => CheckReportJson.Write(turn)))}{Environment.NewLine}{Log}");
        Assert.DoesNotContain(Key, Log, StringComparison.Ordinal);
        Assert.DoesNotContain("john", Log, StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out var next))
            await next.DisposeAsync();
    }

    private async Task BeginAsync(LiveKitServerFixture fixture, string name, IEnumerable<KeyValuePair<string, string?>> settings, string[] arguments)
    {
        var engines = Own(LocalEngines.Load());
        Vendors = Own(await LoopbackVendorHost.StartAsync(new LoopbackOptions { ApiKey = Key, Engines = engines.Set }, Stop));
        var agentName = $"{name}-{Guid.NewGuid():N}";
        var worker = _worker = Own(WorkerProcess.Start(Variables(fixture, settings), ["start", "--agent-name", agentName, .. arguments]));
        await Eventually.HoldsAsync(() => worker.Log.Contains("registered", StringComparison.OrdinalIgnoreCase), () => $"the worker to register; it wrote:\n{worker.Log}");
        var server = new LiveKitServer(fixture.Url.ToString(), fixture.ApiKey, fixture.ApiSecret);
        var caller = Own(await RoomCaller.JoinAsync(new SessionDesk(server, agentName).Admit(name), TimeProvider.System, Stop));
        await Eventually.HoldsAsync(() => caller.AgentState is "listening", () => $"the agent to listen; it is {caller.AgentState}\n{worker.Log}\n{fixture.Log}");
        var local = Own(new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddProviders().BuildServiceProvider());
        var catalog = local.GetRequiredService<ProviderCatalog>();
        Talk = new CheckConversation(
            caller,
            new CheckVoices(catalog.GetTextToSpeech("local/flite:rms"), catalog.GetSpeechToText("local/pocketsphinx")),
            new AgentLedger(),
            new CheckLimits { Wait = TimeSpan.FromSeconds(30), Silence = s_longBeforeTheEnd },
            TimeProvider.System);
    }

    private Dictionary<string, string> Variables(LiveKitServerFixture fixture, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var variables = EnvironmentLines.Variables(Vendors.Address)
            .ToDictionary(variable => variable.Key, variable => variable.Value == "loopback" ? Key : variable.Value, StringComparer.Ordinal);
        variables["LIVEKIT_URL"] = fixture.Url.ToString();
        variables["LIVEKIT_API_KEY"] = fixture.ApiKey;
        variables["LIVEKIT_API_SECRET"] = fixture.ApiSecret;
        variables["Health__Enabled"] = "false";
        foreach (var (key, value) in settings)
            variables[key.Replace(":", "__", StringComparison.Ordinal)] = value!;
        return variables;
    }

    private T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Push(owned);
        return owned;
    }
}
