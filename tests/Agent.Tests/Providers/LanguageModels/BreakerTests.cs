using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.LanguageModels;

/// <summary>A language model whose calls fail too often is put aside for all sessions of the process, which share it by the catalog.</summary>
public sealed class BreakerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai/gpt-4.1-mini", "openai/chat", "Providers:OpenAi:Chat:Resilience")]
    [InlineData("anthropic/claude-haiku-4-5", "anthropic/messages", "Providers:Anthropic:Resilience")]
    public async Task Ask_ModelHasFailedTooOften_IsRefusedToEverySessionWithoutACall(string provider, string endpoint, string section)
    {
        await using var stage = await ProviderStage.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{section}:Retries"] = "0",
            [$"{section}:BreakerFailures"] = "3",
            [$"{section}:BreakerDelay"] = "00:01:00",
        });
        stage.Vendors.Faults.Always(endpoint, Fault.Http(500));

        for (var i = 0; i < 3; i++)
            Assert.Equal(500, (await FailAsync()).HttpStatus);
        var error = await FailAsync();

        Assert.Equal((provider, ProviderErrorKind.Connection, true, (int?)null), (error.Provider, error.Kind, error.IsTransient, error.HttpStatus));
        Assert.Contains("put aside", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, stage.Vendors.Requests.Of(endpoint).Count);

        // Each session asks the catalog for its own.
        Task<ProviderException> FailAsync() => Assert.ThrowsAsync<ProviderException>(() => stage.Catalog.GetLanguageModel(provider).GetResponseAsync("hello", cancellationToken: Cancellation));
    }
}
