using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Anthropic;

public sealed class AnthropicOptionsTests
{
    [Fact]
    public async Task Ask_OptionsThatTheInterfaceRefuses_AreLeftOutAndToldOnce()
    {
        await using var stage = await ProviderStage.StartAsync();
        var model = stage.Catalog.GetLanguageModel("anthropic/claude-haiku-4-5");

        for (var i = 0; i < 2; i++)
            await model.GetResponseAsync("hello", new ChatOptions { Temperature = 0.5f, TopK = 5 }, TestContext.Current.CancellationToken);

        Assert.Equal(2, stage.Vendors.Requests.Of("anthropic/messages").Count);
        var log = stage.Log.ToString();
        foreach (var option in (string[])["Temperature", "TopK"])
            Assert.Equal(2, log.Split($"does not take {option} by").Length);
        Assert.DoesNotContain("does not take TopP", log, StringComparison.Ordinal);
    }
}
