using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Agent.Providers;
using Agent.Providers.Catalog;
using Agent.Tests.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Tests.Providers.Documentation;

/// <summary>The vendor that docs/providers.md shows how to add.</summary>
public sealed partial class DocumentedProviderTests
{
    [Fact]
    public async Task Tone_RegisteredAsShown_IsFoundByItsName()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddProviders();
        services.AddTextToSpeech("acme/tone", (_, name) => new ToneTextToSpeech(name.ToString()));
        await using var provider = services.BuildServiceProvider();

        Assert.IsType<ToneTextToSpeech>(provider.GetRequiredService<ProviderCatalog>().GetTextToSpeech("acme/tone"));
    }

    [Fact]
    public void Page_EachExample_IsAmongTheseTests()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Source())!, "..");
        var tests = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(path => Straight(File.ReadAllText(path))).ToList();
        var examples = Example().Matches(Repository.Text("docs", "providers.md").ReplaceLineEndings("\n")).Select(match => match.Groups["code"].Value).ToList();

        Assert.Equal(4, examples.Count);
        Assert.All(examples, example => Assert.Contains(tests, test => test.Contains(Straight(example), StringComparison.Ordinal)));

        static string Source([CallerFilePath] string path = "") => path;
        static string Straight(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Example();
}
