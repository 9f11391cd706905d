using Agent.Providers.Catalog;
using Microsoft.Extensions.Configuration;

namespace Agent.Providers.Settings;

/// <summary>Finds what somebody has set that nothing reads: a mistyped key is otherwise as good as none, and nobody is told.</summary>
internal sealed class UnknownSettings(IReadOnlyCollection<SettingsSection> sections, IEnumerable<string> variables)
{
    // Keys outside of the known sections belong to others, unless they are nearly one of these.
    private const int NearlyTheSame = 2;

    private readonly HashSet<string> _paths = new(sections.Select(section => section.Path), StringComparer.OrdinalIgnoreCase);
    private readonly string[] _variables = [.. variables.Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The keys that nothing reads, each with the one that was probably meant.</summary>
    internal IEnumerable<(string Key, string? Meant)> In(IConfiguration configuration) =>
        [.. Variables(configuration), .. Sections(configuration, ""), .. sections.SelectMany(section => Inside(configuration.GetSection(section.Path), section.Options, section.Also))];

    private IEnumerable<(string Key, string? Meant)> Variables(IConfiguration configuration)
    {
        foreach (var name in configuration.GetChildren().Where(child => child.Value is { Length: > 0 }).Select(child => child.Key))
        {
            if (!_variables.Contains(name, StringComparer.OrdinalIgnoreCase)
                && _variables.FirstOrDefault(known => Math.Abs(known.Length - name.Length) <= 1 && IsNearly(name, known) && SameOwner(name, known)) is { } meant)
            {
                yield return (name, meant);
            }
        }
    }

    private static bool SameOwner(string name, string known) => known.AsSpan(0, known.IndexOf('_') + 1).Equals(name.AsSpan(0, name.IndexOf('_') + 1), StringComparison.OrdinalIgnoreCase);

    // The sections that hold known ones, down to these.
    private IEnumerable<(string Key, string? Meant)> Sections(IConfiguration parent, string path)
    {
        string[] known = [.. _paths.Where(each => each.StartsWith(path, StringComparison.OrdinalIgnoreCase)).Select(each => each[path.Length..].Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (var child in parent.GetChildren().Where(child => child.GetChildren().Any()))
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                if (known.FirstOrDefault(each => IsNearly(child.Key, each)) is { } meant)
                    yield return (child.Path, $"{path}{meant}");
            }
            else if (!_paths.Contains(child.Path))
            {
                foreach (var unknown in Sections(child, $"{child.Path}:"))
                    yield return unknown;
            }
        }
    }

    private IEnumerable<(string Key, string? Meant)> Inside(IConfigurationSection section, Type type, params IReadOnlyList<string> also)
    {
        var named = SettingsShape.ValueOf(type);
        string[] known = [.. SettingsShape.Properties(type).Select(property => property.Name), .. also];
        foreach (var child in section.GetChildren().Where(child => !HasOwnClass(child)))
        {
            var property = SettingsShape.Properties(type).FirstOrDefault(each => string.Equals(each.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (named is null && property is null && !also.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                yield return (child.Path, NearestName.Of(child.Key, known) is { } meant ? $"{section.Path}:{meant}" : null);
            var inside = named ?? property?.PropertyType;
            if (inside is null || !(SettingsShape.IsSettings(inside) || SettingsShape.ValueOf(inside) is { } value && SettingsShape.IsSettings(value)))
                continue;
            foreach (var unknown in Inside(child, inside))
                yield return unknown;
        }
    }

    private bool HasOwnClass(IConfigurationSection section) => _paths.Contains(section.Path);

    private static bool IsNearly(string text, string known) => NearestName.Distance(text, known) is > 0 and <= NearlyTheSame;
}
