namespace Agent.Providers.Fallback;

/// <summary>Makes lists of one kind of provider.</summary>
internal interface IProviderLists<TProvider>
    where TProvider : class
{
    /// <summary>Keeps an eye on one provider, for all lists that it is in.</summary>
    ProviderHealth Watch(string name, TProvider provider);

    /// <summary>A provider that is served by the first that is well.</summary>
    TProvider Make(IReadOnlyList<FallbackCandidate<TProvider>> candidates);
}
