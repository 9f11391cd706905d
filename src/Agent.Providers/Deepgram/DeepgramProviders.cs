using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Deepgram.Listening;
using Agent.Providers.Deepgram.Speaking;
using Agent.Providers.Vendors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.Deepgram;

/// <summary>Registers Deepgram's recognisers and synthesizers.</summary>
internal static class DeepgramProviders
{
    public static IServiceCollection AddDeepgramProviders(this IServiceCollection services)
    {
        services.AddVendorOptions<DeepgramOptions>(DeepgramVendor.Section, DeepgramVendor.Variables);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, DeepgramListenFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ITextToSpeech>, DeepgramSpeakFactory>());
        return services;
    }
}
