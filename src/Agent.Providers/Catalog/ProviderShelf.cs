using System.Collections.Concurrent;
using Agent.Pipeline.Errors;
using Agent.Providers.Fallback;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Catalog;

/// <summary>All providers of one kind: finds the factory for a name, and keeps what it made. Several names separated by commas are a list, of which the first that is well serves.</summary>
/// <param name="kind">What the providers are called.</param>
/// <param name="factories">Who makes them.</param>
/// <param name="lists">What makes one of several.</param>
/// <param name="elsewhere">What a name is that is known as a provider of another kind, e.g. "a language model"; null if it is not.</param>
/// <param name="logger">Where models are told of that are not known.</param>
internal sealed class ProviderShelf<TProvider>(
    string kind, IEnumerable<IProviderFactory<TProvider>> factories, IProviderLists<TProvider> lists, Func<ProviderName, string?> elsewhere, ILogger logger) : IAsyncDisposable
    where TProvider : class
{
    private readonly IProviderFactory<TProvider>[] _factories = [.. factories.Reverse()];
    private readonly ConcurrentDictionary<string, Lazy<TProvider>> _made = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names =>
        [.. _factories.Reverse().SelectMany(f => f.Models.Select(m => $"{f.Vendor}/{m}")).Distinct(StringComparer.OrdinalIgnoreCase)];

    private readonly ConcurrentDictionary<string, ProviderHealth> _health = new(StringComparer.Ordinal);

    /// <summary>Whether a model is known by name, and not merely passed on to its vendor.</summary>
    public bool Knows(ProviderName name) => _factories.Any(factory => IsOf(factory, name) && Knows(factory, name));

    public void Validate(string text)
    {
        foreach (var one in Split(text))
        {
            var name = Parse(one);
            Find(name).Validate(name);
        }
    }

    public TProvider Get(string text)
    {
        var names = Split(text);
        return names.Length == 1 ? GetOne(names[0]) : GetList(names);
    }

    private TProvider GetList(string[] names)
    {
        var candidates = names.Select(text => (Name: Parse(text).ToString(), Provider: GetOne(text))).ToArray();
        return _made.GetOrAdd(string.Join(", ", candidates.Select(candidate => candidate.Name)), _ => new Lazy<TProvider>(() => lists.Make(
        [
            .. candidates.Select(candidate => new FallbackCandidate<TProvider>(
                candidate.Provider,
                _health.GetOrAdd(candidate.Name, name => lists.Watch(name, candidate.Provider)))),
        ]))).Value;
    }

    private TProvider GetOne(string text)
    {
        var name = Parse(text);
        var lazy = _made.GetOrAdd(name.ToString(), _ => new Lazy<TProvider>(() => Make(name)));
        try
        {
            return lazy.Value;
        }
        catch (AgentException)
        {
            // What is missing may be installed by the time of the next call.
            _made.TryRemove(KeyValuePair.Create(name.ToString(), lazy));
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What is tried in the background is still in use.
        foreach (var (_, health) in _health)
            await health.DisposeAsync();
        foreach (var (_, lazy) in _made)
        {
            if (!lazy.IsValueCreated)
                continue;
            if (lazy.Value is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else if (lazy.Value is IDisposable disposable)
                disposable.Dispose();
        }
    }

    private TProvider Make(ProviderName name)
    {
        var factory = Find(name);
        factory.Validate(name);
        if (factory.Models.Count > 0 && !Knows(factory, name))
            CatalogLog.PassedOn(logger, name.ToString(), string.Join(", ", factory.Models));
        return factory.Create(name);
    }

    /// <summary>The names of a list, or the only one.</summary>
    private string[] Split(string text)
    {
        if (!text.Contains(',', StringComparison.Ordinal))
            return [text];
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        if (names.Contains("", StringComparer.Ordinal))
            throw new ConfigurationException($"'{text}' is not a list of {kind}s: there is a comma with no name before or behind it.");
        var again = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return again is null
            ? names
            : throw new ConfigurationException($"'{text}' names '{again.Key}' twice; one that has failed is no help to itself.");
    }

    private ProviderName Parse(string text)
    {
        if (ProviderName.TryParse(text, out var name))
            return name;
        var nearest = NearestName.Of(text, _factories.SelectMany(f => f.Models))
            ?? _factories.Select(f => f.Vendor).FirstOrDefault(v => string.Equals(v, text, StringComparison.OrdinalIgnoreCase));
        var meant = nearest is null ? null : Names.FirstOrDefault(n => n.EndsWith($"/{nearest}", StringComparison.Ordinal) || n.StartsWith($"{nearest}/", StringComparison.Ordinal));
        throw new ConfigurationException($"'{text}' is not the name of a {kind}; write vendor/model or vendor/model:variant.{Hint(meant)}");
    }

    private IProviderFactory<TProvider> Find(ProviderName name)
    {
        var vendors = _factories.Where(f => IsOf(f, name)).ToArray();
        if (vendors.FirstOrDefault(f => Knows(f, name)) is { } known)
            return known;
        if (elsewhere(name) is { } other)
            throw new ConfigurationException($"'{name}' cannot be used: it is {other}, not a {kind}.{Hint(meant: null)}");
        if (vendors.FirstOrDefault(f => f.AcceptsOtherModels) is { } open)
            return open;
        var what = vendors.Length == 0 ? $"no {kind} is known from the vendor '{name.Vendor}'" : $"the vendor '{name.Vendor}' has no {kind} called '{name.Model}'";
        throw new ConfigurationException($"'{name}' cannot be used: {what}.{Hint(NearestName.Of($"{name.Vendor}/{name.Model}", Names))}");
    }

    private static bool IsOf(IProviderFactory<TProvider> factory, ProviderName name) => string.Equals(factory.Vendor, name.Vendor, StringComparison.OrdinalIgnoreCase);

    private static bool Knows(IProviderFactory<TProvider> factory, ProviderName name) => factory.Models.Contains(name.Model, StringComparer.OrdinalIgnoreCase);

    private string Hint(string? meant)
    {
        var known = Names.Count == 0 ? "None is registered." : $"There are: {string.Join(", ", Names)}.";
        return meant is null ? $" {known}" : $" Did you mean '{meant}'? {known}";
    }
}
