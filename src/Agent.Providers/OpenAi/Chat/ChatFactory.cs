using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>Makes the language models of one server that speaks OpenAI's protocol.</summary>
/// <param name="servers">The servers.</param>
/// <param name="vendor">Its name.</param>
/// <param name="models">Its models that are known by name.</param>
/// <param name="setup">Finds out what is to be known of it, for a provider's name.</param>
internal sealed class ChatFactory(ChatServers servers, string vendor, IReadOnlyList<string> models, Func<string, ChatServerSetup> setup) : IProviderFactory<IChatClient>
{
    public string Vendor => vendor;

    public IReadOnlyList<string> Models => models;

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name) => setup(name.ToString());

    public IChatClient Create(ProviderName name) => servers.Get(setup(name.ToString())).Create(name.ToString(), name.Selector);
}
