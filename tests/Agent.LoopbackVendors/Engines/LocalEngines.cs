using Agent.Pipeline.Errors;
using Agent.Providers;
using Agent.Providers.Catalog;

namespace Agent.LoopbackVendors.Engines;

/// <summary>Engines that really hear, decide and speak, on this machine: pocketsphinx, the dialogue and flite.</summary>
public sealed class LocalEngines : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalEngines(ServiceProvider services, EngineSet engines)
    {
        _services = services;
        Set = engines;
    }

    /// <summary>The engines.</summary>
    public EngineSet Set { get; }

    /// <summary>Loads them.</summary>
    /// <param name="voice">The synthesizer's voice.</param>
    /// <exception cref="ConfigurationException">An engine is not installed.</exception>
    public static LocalEngines Load(string voice = "rms")
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddLogging()
            .AddProviders()
            .BuildServiceProvider();
        var catalog = services.GetRequiredService<ProviderCatalog>();
        return new LocalEngines(services, new EngineSet(
            new LocalRecogniser(catalog.GetSpeechToText("local/pocketsphinx")),
            catalog.GetLanguageModel("local/dialogue"),
            new LocalSynthesizer(catalog.GetTextToSpeech($"local/flite:{voice}"))));
    }

    /// <summary>Unloads them.</summary>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
