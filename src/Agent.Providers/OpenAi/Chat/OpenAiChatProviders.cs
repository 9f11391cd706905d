using Agent.Providers.AzureOpenAi;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>Registers the language models that are called by OpenAI's protocol: OpenAI's, Azure's, and those of servers with names of their own.</summary>
internal static class OpenAiChatProviders
{
    private static readonly string[] s_models = ["gpt-4.1-mini", "gpt-4.1", "gpt-4.1-nano", "gpt-4o-mini", "gpt-4o", "gpt-5-mini", "gpt-5-nano", "gpt-5"];

    public static IServiceCollection AddOpenAiChatProviders(this IServiceCollection services)
    {
        services.AddVendorOptions<AzureOpenAiOptions>(AzureOpenAiVendor.Section, AzureOpenAiVendor.Variables);
        services.AddOptions<OpenAiOptions>().Configure<IConfiguration>(static (options, configuration) =>
        {
            // What is set for the whole vendor is meant for language models too; their own section goes before it.
            configuration.GetSection($"Providers:{OpenAiVendor.Section}:Resilience").Bind(options.Chat.Resilience);
            configuration.GetSection($"Providers:{OpenAiVendor.Section}:Chat:Resilience").Bind(options.Chat.Resilience);
        });
        services.TryAddSingleton<ChatServers>();
        services.AddSingleton<IProviderFactory<IChatClient>>(static provider =>
        {
            var servers = provider.GetRequiredService<ChatServers>();
            return new ChatFactory(servers, OpenAiVendor.Name, s_models, servers.OpenAi);
        });
        services.AddSingleton<IProviderFactory<IChatClient>>(static provider =>
        {
            var servers = provider.GetRequiredService<ChatServers>();
            return new ChatFactory(servers, AzureOpenAiVendor.Name, [], servers.Azure);
        });
        services.AddSingleton<IProviderFactories<IChatClient>, ChatEndpointFactories>();
        return services;
    }
}
