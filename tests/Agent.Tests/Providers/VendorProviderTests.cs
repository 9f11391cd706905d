using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers;

public sealed class VendorProviderTests
{
    [Theory]
    [InlineData(ProviderKind.SpeechToText)]
    [InlineData(ProviderKind.LanguageModel)]
    [InlineData(ProviderKind.TextToSpeech)]
    [InlineData(ProviderKind.Realtime)]
    public async Task All_OfEachKind_HasEveryVendorOfTheCatalog(ProviderKind kind)
    {
        await using var stage = await ProviderStage.StartAsync();
        var tried = VendorProvider.All.Where(provider => provider.Kind == kind).Select(provider => ProviderName.Parse(provider.Name).Vendor);

        Assert.Subset(tried.Append("local").ToHashSet(StringComparer.Ordinal), stage.Catalog.Names(kind).Select(name => ProviderName.Parse(name).Vendor).ToHashSet(StringComparer.Ordinal));
    }
}
