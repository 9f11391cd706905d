using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Local.Dialogue;
using Agent.Providers.Local.Flite;
using Agent.Providers.Local.Pocketsphinx;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Local;

/// <summary>Registers the engines that run on this machine.</summary>
internal static class LocalProviders
{
    public static IServiceCollection AddLocalProviders(this IServiceCollection services)
    {
        services.AddOptions<FliteOptions>().BindConfiguration("Providers:Local:Flite");
        services.AddOptions<PocketsphinxOptions>().BindConfiguration("Providers:Local:Pocketsphinx");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FliteOptions>, FliteOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PocketsphinxOptions>, PocketsphinxOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, PocketsphinxFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<IChatClient>, DialogueFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ITextToSpeech>, FliteFactory>());
        return services;
    }
}
