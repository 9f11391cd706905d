using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.ElevenLabs;

/// <summary>Registers ElevenLabs' synthesizers.</summary>
internal static class ElevenLabsProviders
{
    public static IServiceCollection AddElevenLabsProviders(this IServiceCollection services)
    {
        services.AddVendorOptions<ElevenLabsOptions>(ElevenLabsVendor.Section, ElevenLabsVendor.Variables);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ITextToSpeech>, ElevenLabsFactory>());
        return services;
    }
}
