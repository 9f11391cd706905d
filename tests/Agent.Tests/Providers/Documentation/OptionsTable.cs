using System.Text;
using System.Text.RegularExpressions;
using Agent.Tests.Tools;

namespace Agent.Tests.Providers.Documentation;

/// <summary>The settings of a vendor as a table, out of the documentation in their source: what is written once cannot differ.</summary>
internal sealed partial record OptionsTable(string Section, string Text)
{
    /// <summary>The tables of every class of settings among the providers, by their sections.</summary>
    public static IReadOnlyList<OptionsTable> All() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src", "Agent.Providers"), "*Options.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}Local{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => File.ReadAllText(path).ReplaceLineEndings("\n"))
            .Where(source => source.Contains("public sealed class", StringComparison.Ordinal) || source.Contains("public class", StringComparison.Ordinal))
            .Select(Read)
            .Where(table => table.Section.Length > 0),
    ];

    /// <summary>The table of one class of settings.</summary>
    public static OptionsTable Of(params string[] path) => Read(File.ReadAllText(Repository.PathOf(["src", "Agent.Providers", .. path])).ReplaceLineEndings("\n"));

    private static OptionsTable Read(string source)
    {
        var rows = new StringBuilder("| key | range and default | |\n|---|---|---|\n");
        foreach (Match property in Property().Matches(source))
            rows.Append($"| `{property.Groups["name"].Value}` | {Words(property.Groups["value"].Value)} | {Words(property.Groups["summary"].Value)} |\n");
        return new OptionsTable(SectionName().Match(source) is { Success: true } section ? section.Groups["name"].Value : "", rows.ToString());
    }

    private static string Words(string documentation)
    {
        var text = Slashes().Replace(documentation, " ");
        text = CodeTag().Replace(text, "`${text}`");
        text = Reference().Replace(text, match => $"`{match.Groups["name"].Value.Split('.')[^1]}`");
        return Space().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"/// <summary>(?<summary>(?:(?!</summary>).)*)</summary>\s*(?:/// <value>(?<value>(?:(?!</value>).)*)</value>\s*)?(?:\[[^\n]*\]\s*)*public [^\n(]*? (?<name>\w+) \{ get;", RegexOptions.Singleline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Property();

    [GeneratedRegex("configuration section\\s+(?:///\\s*)?<c>(?<name>[^<]*)</c>", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex SectionName();

    [GeneratedRegex(@"\n\s*///", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Slashes();

    [GeneratedRegex("<c>(?<text>.*?)</c>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex CodeTag();

    [GeneratedRegex("<see cref=\"(?<name>[^\"]*)\"/>", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Space();
}
