using System.Collections.Frozen;
using Agent.Pipeline.Errors;

namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>The languages that came with the program, and the user's own.</summary>
internal static class TurnLanguages
{
    private const string Prefix = "Agent.Pipeline.EndOfTurn.Languages.";
    private const string Suffix = ".json";

    /// <summary>Loads every language, by its subtag ("en").</summary>
    /// <param name="directory">Files of the user, which win over those of the same name that came with the program; null for none.</param>
    /// <exception cref="ConfigurationException">The directory or a file in it is not usable.</exception>
    internal static FrozenDictionary<string, TurnLanguage> Load(string? directory)
    {
        var languages = new Dictionary<string, TurnLanguage>(StringComparer.OrdinalIgnoreCase);
        var assembly = typeof(TurnLanguages).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var name = resource[Prefix.Length..];
            languages[name[..^Suffix.Length]] = TurnLanguageFile.Read(name, stream);
        }

        if (directory is null)
            return languages.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        if (!Directory.Exists(directory))
            throw new ConfigurationException($"The directory of language files {directory} does not exist: create it or remove the setting.");
        foreach (var path in Directory.EnumerateFiles(directory, "*" + Suffix))
        {
            using var stream = File.OpenRead(path);
            languages[Path.GetFileNameWithoutExtension(path)] = TurnLanguageFile.Read(path, stream);
        }

        return languages.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
