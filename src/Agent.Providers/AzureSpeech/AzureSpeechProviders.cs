using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech.Recognition;
using Agent.Providers.AzureSpeech.Synthesis;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.AzureSpeech;

/// <summary>Registers Azure's speech service.</summary>
internal static class AzureSpeechProviders
{
    public static IServiceCollection AddAzureSpeechProviders(this IServiceCollection services)
    {
        services.AddVendorOptions<AzureSpeechOptions>(AzureSpeechVendor.Section, AzureSpeechVendor.Variables);
        services.AddOptions<AzureSpeechOptions>().PostConfigure<IConfiguration>(static (options, configuration) => options.Region ??=
            AzureSpeechVendor.RegionVariables.Select(name => configuration[name]?.Trim()).FirstOrDefault(region => !string.IsNullOrEmpty(region)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, AzureRecogniserFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ITextToSpeech>, AzureVoiceFactory>());
        return services;
    }
}
