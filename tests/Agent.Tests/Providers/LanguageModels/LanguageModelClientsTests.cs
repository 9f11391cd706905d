using System.Text.Json;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Engines;
using Agent.Tests.OfficialClients;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.LanguageModels;

/// <summary>The vendors' own clients, and LiveKit's plugin, converse with the loopback vendors unchanged, by address alone.</summary>
public sealed class LanguageModelClientsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAiClients_ToolAndAnswer_ConverseWithTheLoopbackVendor()
    {
        var result = await RunAsync("openai-chat.mjs", conversations: 3);

        foreach (var name in (string[])["chat", "responses", "azure"])
        {
            var told = result.GetProperty(name);
            Assert.Equal(("Basel", "It rains in Basel."), (told.GetProperty("city").GetString(), told.GetProperty("said").GetString()));
            Assert.True(told.GetProperty("pieces").GetInt32() > 1, $"{name} got its answer in one piece");
            Assert.True(told.GetProperty("tokens").GetInt32() > 0);
        }

        foreach (var name in (string[])["livekit", "livekitResponses"])
        {
            Assert.Equal("You said how are you.", result.GetProperty(name).GetProperty("said").GetString());
            Assert.True(result.GetProperty(name).GetProperty("pieces").GetInt32() > 1);
        }

        var failure = result.GetProperty("failure");
        Assert.Equal(("NotFoundError", 404, "model_not_found", true), (failure.GetProperty("type").GetString(), failure.GetProperty("status").GetInt32(), failure.GetProperty("code").GetString(), failure.GetProperty("hasRequestId").GetBoolean()));
        Assert.Equal(1, result.GetProperty("models").GetInt32());
    }

    [Fact]
    public async Task AnthropicsClient_ToolAndAnswer_ConversesWithTheLoopbackVendor()
    {
        var result = await RunAsync("anthropic-messages.mjs", conversations: 1);

        Assert.Equal(("Basel", "tool_use", "It rains in Basel.", "end_turn"), (result.GetProperty("city").GetString(), result.GetProperty("stop").GetString(), result.GetProperty("said").GetString(), result.GetProperty("end").GetString()));
        Assert.True(result.GetProperty("pieces").GetInt32() > 1);
        Assert.Equal(404, result.GetProperty("failure").GetProperty("status").GetInt32());
    }

    private static async Task<JsonElement> RunAsync(string script, int conversations)
    {
        var dialogue = new ScriptedDialogue();
        for (var i = 0; i < conversations; i++)
            dialogue.Expect(new FunctionCallContent($"call_{i}", "get_weather", new Dictionary<string, object?> { ["city"] = "Basel" }), new TextContent("It rains in Basel."));
        await using var vendors = await LoopbackVendorHost.StartAsync(
            new LoopbackOptions { ApiKey = "good-key", Engines = new EngineSet(new ScriptedRecogniser(), dialogue, new ToneSynthesizer()) }, Cancellation);
        var output = await NodeScript.RunVendorClientAsync(script, JsonSerializer.Serialize(new { @base = vendors.Address.ToString().TrimEnd('/'), key = "good-key" }));
        return JsonSerializer.Deserialize<JsonElement>(output);
    }
}
