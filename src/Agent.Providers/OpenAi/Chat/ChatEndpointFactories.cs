using Agent.Pipeline.Errors;
using Agent.Providers.Anthropic;
using Agent.Providers.AzureOpenAi;
using Agent.Providers.Catalog;
using Agent.Providers.Hedging;
using Agent.Providers.Local;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>The compatible servers that configuration gives names to.</summary>
internal sealed class ChatEndpointFactories(ChatServers servers, IOptions<OpenAiOptions> options) : IProviderFactories<IChatClient>
{
    private static readonly string[] s_taken = [OpenAiVendor.Name, AzureOpenAiVendor.Name, AnthropicVendor.Name, LocalVendor.Name, HedgedFactory.Name];

    public IEnumerable<IProviderFactory<IChatClient>> Factories
    {
        get
        {
            foreach (var (name, endpoint) in options.Value.Endpoints)
            {
                var vendor = name.ToLowerInvariant();
                if (!ProviderName.TryParse($"{vendor}/model", out _))
                    throw new ConfigurationException($"Providers:OpenAi:Endpoints:{name} is no name for a server; it may hold letters, digits, '-' and '_'.");
                if (s_taken.Contains(vendor, StringComparer.Ordinal))
                    throw new ConfigurationException($"Providers:OpenAi:Endpoints:{name} has a name that is taken; give the server another, for example gpu. To send the calls of 'openai' elsewhere, set OPENAI_BASE_URL.");
                yield return new ChatFactory(servers, vendor, [], _ => servers.Endpoint(vendor, endpoint));
            }
        }
    }
}
