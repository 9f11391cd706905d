using Agent.Pipeline.Realtime;
using Agent.Pipeline.Speech;
using Agent.Providers.Anthropic;
using Agent.Providers.AssemblyAi;
using Agent.Providers.AzureSpeech;
using Agent.Providers.Catalog;
using Agent.Providers.ElevenLabs;
using Agent.Providers.Fallback;
using Agent.Providers.Hedging;
using Agent.Providers.Deepgram;
using Agent.Providers.Local;
using Agent.Providers.OpenAi;
using Agent.Providers.OpenAi.Chat;
using Microsoft.Extensions.AI;
using Agent.Providers.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers;

/// <summary>Registers providers as services.</summary>
public static class ProvidersServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="ProviderCatalog"/> with every vendor of this project. Options are read from the configuration section
    /// <c>Providers:VENDOR</c>, e.g. <c>Providers:Local:Flite</c>. Needs an <c>IConfiguration</c> and logging among the services, as every host has.
    /// </summary>
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<FallbackOptions>("Providers:Fallback");
        services.AddLocalProviders();
        services.AddAssemblyAiProviders();
        services.AddAzureSpeechProviders();
        services.AddElevenLabsProviders();
        services.AddDeepgramProviders();
        services.AddOpenAiProviders();
        services.AddOpenAiRealtimeProviders();
        services.AddOpenAiChatProviders();
        services.AddAnthropicProviders();
        services.AddSettings<HedgingOptions>("Providers:Hedging");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<IChatClient>, HedgedFactory>());
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<ProviderCatalog>(provider, LanguageModels(provider)));
        return services;
    }

    /// <summary>Adds an own recogniser under a name of the form <c>vendor/model</c>.</summary>
    public static IServiceCollection AddSpeechToText(this IServiceCollection services, string name, Func<IServiceProvider, ProviderName, ISpeechToText> create) =>
        services.AddNamed(name, create);

    /// <summary>Adds an own language model under a name of the form <c>vendor/model</c>.</summary>
    public static IServiceCollection AddLanguageModel(this IServiceCollection services, string name, Func<IServiceProvider, ProviderName, IChatClient> create) =>
        services.AddNamed(name, create);

    /// <summary>Adds an own synthesizer under a name of the form <c>vendor/model</c>.</summary>
    public static IServiceCollection AddTextToSpeech(this IServiceCollection services, string name, Func<IServiceProvider, ProviderName, ITextToSpeech> create) =>
        services.AddNamed(name, create);

    /// <summary>Adds an own speech-to-speech model under a name of the form <c>vendor/model</c>.</summary>
    public static IServiceCollection AddRealtimeModel(this IServiceCollection services, string name, Func<IServiceProvider, ProviderName, IRealtimeModel> create) =>
        services.AddNamed(name, create);

    private static IEnumerable<IProviderFactory<IChatClient>> LanguageModels(IServiceProvider provider) =>
        [.. provider.GetServices<IProviderFactories<IChatClient>>().SelectMany(many => many.Factories), .. provider.GetServices<IProviderFactory<IChatClient>>()];

    private static IServiceCollection AddNamed<TProvider>(this IServiceCollection services, string name, Func<IServiceProvider, ProviderName, TProvider> create)
        where TProvider : class
    {
        var parsed = ProviderName.Parse(name);
        return services.AddSingleton<IProviderFactory<TProvider>>(provider =>
            new DelegateProviderFactory<TProvider>(parsed, requested => create(provider, requested)));
    }
}
