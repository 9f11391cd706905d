using System.Text.RegularExpressions;

namespace Agent.Tests.Providers.Documentation;

/// <summary>A row of a table that tells the languages of the providers in its first cell: names, or a vendor's all with <c>vendor/*</c>.</summary>
internal sealed partial class LanguageRow
{
    private readonly string[] _names;

    private LanguageRow(string row) => _names = [.. Name().Matches(row.Split('|')[1]).Select(match => match.Groups["name"].Value)];

    /// <summary>The rows of the first table below a heading.</summary>
    public static IReadOnlyList<LanguageRow> Below(string page, string heading) =>
    [
        .. page[page.IndexOf(heading + "\n", StringComparison.Ordinal)..].Split('\n')
            .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(row => new LanguageRow(row)),
    ];

    public bool Tells(string name) => _names.Any(each => each.EndsWith("/*", StringComparison.Ordinal) ? name.StartsWith(each[..^1], StringComparison.Ordinal) : name == each);

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
