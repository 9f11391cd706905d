using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Hedging;

/// <summary>Makes <c>hedged/VENDOR/MODEL</c>.</summary>
internal sealed class HedgedFactory(IServiceProvider services, IOptions<HedgingOptions> options, TimeProvider time, ILoggerFactory? loggerFactory = null) : IProviderFactory<IChatClient>
{
    public const string Name = "hedged";

    public string Vendor => Name;

    public IReadOnlyList<string> Models => [];

    public bool AcceptsOtherModels => true;

    // The catalog is made of the factories, and cannot be asked for by one of them before it is made.
    private ProviderCatalog Catalog => services.GetRequiredService<ProviderCatalog>();

    public void Validate(ProviderName name)
    {
        foreach (var one in Names(name))
            Catalog.Validate(ProviderKind.LanguageModel, one);
    }

    public IChatClient Create(ProviderName name)
    {
        var (first, second) = (Names(name)[0], Names(name)[1]);
        var logger = (loggerFactory ?? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance).CreateLogger("Agent.Providers.Hedging");
        return new HedgedLanguageModel(first, Catalog.GetLanguageModel(first), second, Catalog.GetLanguageModel(second), options.Value, time, logger);
    }

    private string[] Names(ProviderName name) => name.Selector.StartsWith(Name + "/", StringComparison.OrdinalIgnoreCase)
        ? throw new ConfigurationException($"'{name}' cannot be used: a hedged model cannot be hedged again. Write {Name}/vendor/model.")
        : [name.Selector, options.Value.With ?? name.Selector];
}
