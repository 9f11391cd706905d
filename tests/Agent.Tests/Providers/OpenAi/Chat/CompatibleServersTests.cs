using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.OpenAi.Chat;

/// <summary>Servers that speak OpenAI's protocol more or less, each under a name of its own.</summary>
public sealed class CompatibleServersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Bare")]
    [InlineData("Old")]
    [InlineData("SameIndex")]
    public async Task Ask_ServerWithDeviations_AnswersAndCalls(string style)
    {
        await using var stage = await StartAsync();
        var script = (ScriptedDialogue)stage.Vendors.Engines.Dialogue;
        script.Expect(new TextContent("At nine o'clock."), new FunctionCallContent("1", "look_up", new Dictionary<string, object?> { ["what"] = "hours" }));
        var model = stage.Catalog.GetLanguageModel($"{style}/meta-llama/Llama-3.1-8B:latest");
        var options = new ChatOptions { MaxOutputTokens = 50, TopK = 5, Tools = [AIFunctionFactory.Create(static (string what) => what, "look_up")] };

        var said = await model.GetResponseAsync("when do you open", options, Cancellation);
        var called = await model.GetResponseAsync("look it up", options, Cancellation);

        Assert.Equal(("At nine o'clock.", ChatFinishReason.Stop), (said.Text, said.FinishReason));
        var call = Assert.Single(called.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("look_up", "hours"), (call.Name, call.Arguments!["what"]?.ToString()));
        Assert.NotEmpty(call.CallId);
        var sent = stage.Vendors.Requests.Of("compatible/chat")[^1].Events;
        Assert.Contains("max_tokens=50", sent);
        Assert.Contains("model=\"meta-llama/Llama-3.1-8B:latest\"", sent);
    }

    [Fact]
    public async Task Ask_ModelThatWritesItsThoughtsDown_OnlyTheAnswerIsText()
    {
        await using var stage = await StartAsync();
        ((ScriptedDialogue)stage.Vendors.Engines.Dialogue).Expect(new TextContent("<think>They ask when. It is nine.</think>\n\nAt nine o'clock."));

        var said = await stage.Catalog.GetLanguageModel("bare/any").GetResponseAsync("when do you open", cancellationToken: Cancellation);

        Assert.Equal("At nine o'clock.", said.Text.Trim());
        Assert.Equal("They ask when. It is nine.", string.Concat(said.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text)));
    }

    [Fact]
    public async Task Ask_ServerThatRefusesToCountUsage_IsAskedForItOnce()
    {
        await using var stage = await StartAsync();
        var model = stage.Catalog.GetLanguageModel("old/any");

        await model.GetResponseAsync("hello", cancellationToken: Cancellation);
        await model.GetResponseAsync("hello", cancellationToken: Cancellation);

        Assert.Equal(3, stage.Vendors.Requests.Of("compatible/chat").Count);
    }

    [Fact]
    public async Task Validate_KeyVariableThatIsNotSet_NamesIt()
    {
        await using var stage = await StartAsync(("Providers:OpenAi:Endpoints:old:ApiKeyVariable", "MY_SERVERS_KEY"));

        var error = Assert.Throws<ConfigurationException>(() => stage.Catalog.Validate(ProviderKind.LanguageModel, "old/any"));

        Assert.Contains("MY_SERVERS_KEY", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ListOfVendors_SecondAnswersWhereTheFirstRefuses()
    {
        await using var stage = await StartAsync();
        stage.Vendors.Faults.Always("openai/chat", LoopbackVendors.Faults.Fault.Http(503));

        var response = await stage.Catalog.GetLanguageModel("openai/gpt-4.1-mini, anthropic/claude-haiku-4-5, local/dialogue").GetResponseAsync("hello", cancellationToken: Cancellation);

        Assert.Equal("You said hello.", response.Text);
        Assert.NotEmpty(stage.Vendors.Requests.Of("anthropic/messages"));
    }

    [Fact]
    public async Task Ask_HedgedName_AnswersWithTheModelBehindIt()
    {
        await using var stage = await StartAsync(("Providers:Hedging:With", "anthropic/claude-haiku-4-5"), ("Providers:Hedging:StartDelay", "00:00:00.25"));
        stage.Vendors.Latencies.Set("openai/chat", TimeSpan.FromMinutes(1));

        var response = await stage.Catalog.GetLanguageModel("hedged/openai/gpt-4.1-mini").GetResponseAsync("hello", cancellationToken: Cancellation);

        Assert.Equal("You said hello.", response.Text);
        await stage.Vendors.Requests.WaitAsync(log => log.Of("openai/chat").Any(request => request.Events.Contains("aborted")), Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    private static Task<ProviderStage> StartAsync(params (string Key, string Value)[] more)
    {
        var settings = more.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal);
        foreach (var style in (string[])["Bare", "Old", "SameIndex"])
            settings[$"Providers:OpenAi:Endpoints:{style}:BaseUrl"] = "{vendors}/compatible/" + style + "/v1";
        return ProviderStage.StartAsync(settings: settings);
    }
}
