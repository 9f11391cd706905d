namespace Agent.Providers.Catalog;

/// <summary>A single named provider given by a function.</summary>
internal sealed class DelegateProviderFactory<TProvider>(ProviderName name, Func<ProviderName, TProvider> create) : IProviderFactory<TProvider>
    where TProvider : class
{
    public string Vendor => name.Vendor;

    public IReadOnlyList<string> Models { get; } = [name.Model];

    public bool AcceptsOtherModels => false;

    public void Validate(ProviderName name)
    {
    }

    public TProvider Create(ProviderName name) => create(name);
}
