using Agent.LoopbackVendors;
using Agent.LoopbackVendors.CommandLine;
using Agent.LoopbackVendors.Engines;
using Agent.Providers;
using Agent.Providers.Catalog;
using Agent.Tests.EndToEnd;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.Providers.Contracts;

/// <summary>
/// A catalog as a worker makes it from its environment, here with every vendor's address at loopback vendors of its own, and with keys and words that are
/// known, so that a test can tell when one of them shows.
/// </summary>
internal sealed class ProviderStage : IAsyncDisposable
{
    /// <summary>The key to every vendor.</summary>
    public const string Key = "key-that-must-never-show-7f3ac1";

    /// <summary>The sections of vendors whose time-outs a stage sets.</summary>
    private static readonly string[] s_vendors = ["Deepgram", "AssemblyAi", "OpenAi", "AzureOpenAi", "AzureSpeech", "Anthropic", "ElevenLabs"];

    private readonly ServiceProvider _services;

    private ProviderStage(LoopbackVendorHost vendors, ServiceProvider services, TestLog log)
    {
        Vendors = vendors;
        _services = services;
        Log = log;
    }

    /// <summary>Settings that give every vendor one key.</summary>
    public static Dictionary<string, string?> Keys(string key) => EnvironmentLines.Variables(new Uri("http://localhost"))
        .Where(variable => variable.Value == "loopback")
        .ToDictionary(variable => variable.Key, _ => (string?)key, StringComparer.Ordinal);

    public LoopbackVendorHost Vendors { get; }

    /// <summary>Everything that was logged, at every level.</summary>
    public TestLog Log { get; }

    public ProviderCatalog Catalog => _services.GetRequiredService<ProviderCatalog>();

    /// <param name="engines">Who hears, decides and speaks; null is the script with a tone.</param>
    /// <param name="limit">The time-out of each stage of a call; null takes the defaults.</param>
    /// <param name="settings">Further configuration; {vendors} stands for the loopback vendors' address.</param>
    /// <param name="configure">Adds further services, such as providers of a test's own.</param>
    public static async Task<ProviderStage> StartAsync(
        EngineSet? engines = null, TimeSpan? limit = null, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var vendors = await LoopbackVendorHost.StartAsync(new LoopbackOptions { ApiKey = Key, Engines = engines }, TestContext.Current.CancellationToken);
        var variables = EnvironmentLines.Variables(vendors.Address)
            .ToDictionary(variable => variable.Key, variable => (string?)(variable.Value == "loopback" ? Key : variable.Value), StringComparer.Ordinal);
        foreach (var vendor in limit is null ? [] : s_vendors)
        {
            foreach (var stage in (string[])["Connect", "FirstByte", "Idle"])
                variables[$"Providers:{vendor}:Resilience:{stage}Timeout"] = limit.ToString();
            variables[$"Providers:{vendor}:Resilience:RetryDelay"] = "00:00:00.01";
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            variables[key] = value?.Replace("{vendors}", vendors.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var log = new TestLog();
        var services = new ServiceCollection();
        services
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(variables).Build())
            .AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddProviders();
        configure?.Invoke(services);
        return new ProviderStage(vendors, services.BuildServiceProvider(), log);
    }

    /// <summary>Asserts that neither the key nor any of the words is in the log, or in an error with everything that caused it.</summary>
    public void AssertDiscreet(IEnumerable<string> words, params Exception[] errors)
    {
        foreach (var told in errors.Select(error => error.ToString()).Append(Log.ToString()))
        {
            Assert.DoesNotContain(Key, told, StringComparison.Ordinal);
            foreach (var word in words)
                Assert.DoesNotContain(word, told, StringComparison.OrdinalIgnoreCase);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Vendors.DisposeAsync();
    }
}
