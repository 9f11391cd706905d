using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Local.Dialogue;
using Agent.Providers.Local.Flite;
using Agent.Providers.Local.Pocketsphinx;
using Microsoft.Extensions.AI;
using Agent.Providers.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.Local;

/// <summary>Registers the engines that run on this machine.</summary>
internal static class LocalProviders
{
    public static IServiceCollection AddLocalProviders(this IServiceCollection services)
    {
        services.AddSettings<FliteOptions>("Providers:Local:Flite");
        services.AddSettings<PocketsphinxOptions>("Providers:Local:Pocketsphinx");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, PocketsphinxFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<IChatClient>, DialogueFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ITextToSpeech>, FliteFactory>());
        return services;
    }
}
