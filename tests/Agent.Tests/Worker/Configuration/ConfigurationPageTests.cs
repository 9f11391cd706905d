using System.Text.RegularExpressions;
using Agent.Pipeline.Sessions;
using Agent.Providers.Local.Flite;
using Agent.Providers.Local.Pocketsphinx;
using Agent.Providers.Settings;
using Agent.Tests.Tools;
using Agent.Worker.Agents;
using Agent.Worker.Configuration;

namespace Agent.Tests.Worker.Configuration;

/// <summary>docs/configuration.md says what the code reads.</summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly string s_page = Repository.Text("docs", "configuration.md");

    [Theory]
    [InlineData(typeof(LiveKitOptions), "LiveKit:")]
    [InlineData(typeof(WorkerOptions), "Worker:")]
    [InlineData(typeof(HealthOptions), "Health:")]
    [InlineData(typeof(NativeOptions), "Native:")]
    [InlineData(typeof(AgentOptions), "")]
    [InlineData(typeof(SessionOptions), "")]
    [InlineData(typeof(FliteOptions), "Flite:")]
    [InlineData(typeof(PocketsphinxOptions), "Pocketsphinx:")]
    public void Page_EachSetting_IsThere(Type options, string prefix) =>
        Assert.All(Keys(options, prefix), key => Assert.True(Written().Contains(key), $"docs/configuration.md does not have {key}"));

    [Fact]
    public void Page_EachKeyInItsTables_IsRead()
    {
        string[] known =
        [
            .. Keys(typeof(LiveKitOptions), "LiveKit:"), .. Keys(typeof(WorkerOptions), "Worker:"), .. Keys(typeof(HealthOptions), "Health:"), .. Keys(typeof(NativeOptions), "Native:"),
            .. Keys(typeof(AgentOptions), ""), .. Keys(typeof(SessionOptions), ""), .. Keys(typeof(FliteOptions), "Flite:"), .. Keys(typeof(PocketsphinxOptions), "Pocketsphinx:"), "Name", "Agent",
        ];

        Assert.Empty(Written().Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public void Page_EnvironmentVariables_AreThoseOfTheMap() =>
        Assert.All(EnvironmentVariableMap.Keys.Keys, name => Assert.Contains($"`{name}`", s_page, StringComparison.Ordinal));

    // The keys in the first column; those after the first of a row leave out the section, and lists have numbers.
    private static HashSet<string> Written()
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (Match row in Row().Matches(s_page))
        {
            var section = "";
            foreach (Match name in Name().Matches(row.Groups["keys"].Value))
            {
                var key = Number().Replace(name.Groups["key"].Value, "");
                if (key.Length == 0 || key.EndsWith('…'))
                    continue;
                keys.Add(section.Length > 0 && !key.Contains(':', StringComparison.Ordinal) ? $"{section}:{key}" : key);
                if (section.Length == 0 && key.Contains(':', StringComparison.Ordinal))
                    section = key[..key.LastIndexOf(':')];
            }
        }

        return keys;
    }

    private static IEnumerable<string> Keys(Type options, string prefix)
    {
        foreach (var property in SettingsShape.Properties(options).Where(property => !IsCode(property.PropertyType) && property.PropertyType != typeof(SessionOptions)))
        {
            if (!SettingsShape.IsSettings(property.PropertyType))
                yield return prefix + property.Name;
            else
                foreach (var inside in Keys(property.PropertyType, $"{prefix}{property.Name}:"))
                    yield return inside;
        }
    }

    private static bool IsCode(Type type) => typeof(Delegate).IsAssignableFrom(type) || type == typeof(IList<Microsoft.Extensions.AI.AITool>);

    [GeneratedRegex(@"^\| (?<keys>`[^|]*) \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<key>[^`]*)`", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Name();

    [GeneratedRegex(":[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Number();
}
