using System.Reflection;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Agent.Tests.Providers.Contracts;
using Agent.Tests.Tools;

namespace Agent.Tests.Providers.Documentation;

/// <summary>docs/providers.md says what the code says.</summary>
public sealed class ProvidersPageTests
{
    private const string Page = "providers.md";

    [Theory]
    [InlineData(ProviderKind.SpeechToText)]
    [InlineData(ProviderKind.LanguageModel)]
    [InlineData(ProviderKind.TextToSpeech)]
    [InlineData(ProviderKind.Realtime)]
    public async Task Page_Providers_AreThoseOfTheCatalogWithWhatTheyCan(ProviderKind kind)
    {
        await using var stage = await ProviderStage.StartAsync();

        GeneratedPage.AssertPart(Page, kind.ToString(), CapabilityTable.Of(stage.Catalog, kind));
    }

    [Theory]
    [InlineData(ProviderKind.SpeechToText, "### Languages that are understood")]
    [InlineData(ProviderKind.TextToSpeech, "### Languages that are spoken")]
    public async Task Page_Languages_AreToldOnceForEachOfTheCatalog(ProviderKind kind, string heading)
    {
        await using var stage = await ProviderStage.StartAsync();
        var rows = LanguageRow.Below(Repository.Text("docs", Page), heading);

        var names = stage.Catalog.Names(kind);

        Assert.All(names, name => Assert.Single(rows, row => row.Tells(name)));
        Assert.All(rows, row => Assert.Contains(names, row.Tells));
    }

    [Fact]
    public void Page_Settings_AreThoseOfTheirClasses()
    {
        var tables = OptionsTable.All();
        string[] elsewhere = ["Providers:Fallback"];

        GeneratedPage.AssertPart(Page, "Settings", string.Join('\n', tables.Where(table => !elsewhere.Contains(table.Section)).Select(table => $"### `{table.Section}`\n\n{table.Text}")));
        GeneratedPage.AssertPart(Page, "Fallback", tables.Single(table => table.Section == "Providers:Fallback").Text);
        GeneratedPage.AssertPart(Page, "Resilience", OptionsTable.Of("Resilience", "ResilienceOptions.cs").Text);
    }

    [Fact]
    public void Page_EnvironmentVariables_AreThoseOfTheVendors()
    {
        var variables = typeof(VendorVariables).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(property => property.PropertyType == typeof(VendorVariables))
            .Select(property => (VendorVariables)property.GetValue(null)!)
            .ToList();

        Assert.NotEmpty(variables);
        var page = Repository.Text("docs", Page);
        Assert.All(variables.SelectMany(each => (string[])[.. each.ApiKey, .. each.BaseUrl]), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }
}
