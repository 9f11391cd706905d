namespace Agent.Providers.Fallback;

/// <summary>One of a list.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Health">Whether it is well, shared by all lists that it is in.</param>
internal sealed record FallbackCandidate<TProvider>(TProvider Provider, ProviderHealth Health)
    where TProvider : class;
