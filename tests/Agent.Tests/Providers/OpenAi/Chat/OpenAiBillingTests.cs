using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.OpenAi.Chat;

public sealed class OpenAiBillingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ChatCompletions", "openai/chat")]
    [InlineData("Responses", "openai/responses")]
    public async Task Ask_OrganizationAndProjectAreSet_AreSent(string api, string endpoint)
    {
        await using var stage = await ProviderStage.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Providers:OpenAi:Organization"] = "org-giraffes",
            ["Providers:OpenAi:Project"] = "proj-zoo",
            ["Providers:OpenAi:Chat:Api"] = api,
        });

        await stage.Catalog.GetLanguageModel("openai/gpt-4.1-mini").GetResponseAsync("hello", cancellationToken: Cancellation);

        var events = Assert.Single(stage.Vendors.Requests.Of(endpoint)).Events;
        Assert.Contains("OpenAI-Organization: org-giraffes", events);
        Assert.Contains("OpenAI-Project: proj-zoo", events);
    }

    [Fact]
    public async Task Ask_NeitherIsSet_NeitherIsSent()
    {
        await using var stage = await ProviderStage.StartAsync();

        await stage.Catalog.GetLanguageModel("openai/gpt-4.1-mini").GetResponseAsync("hello", cancellationToken: Cancellation);

        Assert.DoesNotContain(Assert.Single(stage.Vendors.Requests.Of("openai/chat")).Events, sent => sent.StartsWith("OpenAI-", StringComparison.Ordinal));
    }
}
