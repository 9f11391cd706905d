using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.AssemblyAi;

/// <summary>Registers AssemblyAI's recognisers.</summary>
internal static class AssemblyAiProviders
{
    public static IServiceCollection AddAssemblyAiProviders(this IServiceCollection services)
    {
        services.AddVendorOptions<AssemblyAiOptions>(AssemblyAiVendor.Section, AssemblyAiVendor.Variables);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, AssemblyAiFactory>());
        return services;
    }
}
