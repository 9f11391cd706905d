using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Local.Dialogue;

/// <summary>Makes <c>local/dialogue</c>.</summary>
internal sealed class DialogueFactory(TimeProvider timeProvider) : IProviderFactory<IChatClient>
{
    public string Vendor => LocalVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["dialogue"];

    public bool AcceptsOtherModels => false;

    public void Validate(ProviderName name)
    {
        if (name.Variant is not null)
            throw new ConfigurationException($"'{name}' cannot be used: {Vendor}/dialogue has no variants. Write {Vendor}/dialogue.");
    }

    public IChatClient Create(ProviderName name) => new DialogueChatClient(timeProvider);
}
