using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.Anthropic;

/// <summary>Registers Anthropic's language models.</summary>
internal static class AnthropicProviders
{
    public static IServiceCollection AddAnthropicProviders(this IServiceCollection services)
    {
        services.AddVendorOptions<AnthropicOptions>(AnthropicVendor.Section, AnthropicVendor.Variables);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<IChatClient>, AnthropicFactory>());
        return services;
    }
}
