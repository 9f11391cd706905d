using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>The compatible servers that configuration gives names to.</summary>
internal sealed class ChatEndpointFactories(ChatServers servers, IOptions<OpenAiOptions> options) : IProviderFactories<IChatClient>
{
    public IEnumerable<IProviderFactory<IChatClient>> Factories
    {
        get
        {
            foreach (var (name, endpoint) in options.Value.Endpoints)
            {
                var vendor = name.ToLowerInvariant();
                if (!ProviderName.TryParse($"{vendor}/model", out _))
                    throw new ConfigurationException($"Providers:OpenAi:Endpoints:{name} is no name for a server; it may hold letters, digits, '-' and '_'.");
                yield return new ChatFactory(servers, vendor, [], _ => servers.Endpoint(vendor, endpoint));
            }
        }
    }
}
