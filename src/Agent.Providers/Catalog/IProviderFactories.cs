namespace Agent.Providers.Catalog;

/// <summary>Factories whose number is known only when configuration is read.</summary>
/// <typeparam name="TProvider">As for <see cref="IProviderFactory{TProvider}"/>.</typeparam>
internal interface IProviderFactories<out TProvider>
    where TProvider : class
{
    IEnumerable<IProviderFactory<TProvider>> Factories { get; }
}
