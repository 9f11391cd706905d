using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors;
using Agent.Tests.OfficialClients;

namespace Agent.Tests.Providers.ElevenLabs;

/// <summary>The vendor's own client and LiveKit's plugin have text spoken by the loopback vendor, by its address alone.</summary>
public sealed class ElevenLabsOfficialClientTests
{
    private const string Text = "She sells fresh bread and milk in the market.";

    [Fact]
    public async Task ElevenLabsClient_Stream_IsSpokenWithTimes()
    {
        await using var vendors = await LoopbackVendorHost.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        using var spoken = await RunAsync("elevenlabs-stream.mjs", new JsonObject { ["base"] = vendors.Address.ToString().TrimEnd('/'), ["text"] = Text });

        var bytes = (int)(0.06 * 24_000 * 2) * Text.Length;
        Assert.Equal(bytes, spoken.RootElement.GetProperty("bytes").GetInt32());
        var timed = spoken.RootElement.GetProperty("timed");
        Assert.Equal((bytes, Text), (timed.GetProperty("bytes").GetInt32(), timed.GetProperty("text").GetString()));
        Assert.Equal(401, spoken.RootElement.GetProperty("refusal").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task LiveKitPlugin_SeveralUtterances_AreSpokenAndOneIsInterrupted()
    {
        await using var vendors = await LoopbackVendorHost.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        using var spoken = await RunAsync(
            "elevenlabs-livekit.mjs",
            new JsonObject { ["base"] = $"{vendors.Address.ToString().TrimEnd('/')}/v1", ["texts"] = new JsonArray(Text, "We are going to the beach with our children.") });

        var samples = (int)(0.06 * 16_000) * Text.Length;
        var first = spoken.RootElement.GetProperty("spoken")[0];
        Assert.InRange(first.GetProperty("samples").GetInt32(), samples, samples * 1.1);
        Assert.Equal(16_000, first.GetProperty("rate").GetInt32());
        Assert.Equal(Text, string.Join(' ', first.GetProperty("words").EnumerateArray().Select(word => word.GetString())));
        Assert.InRange(spoken.RootElement.GetProperty("after").GetProperty("samples").GetInt32(), samples, samples * 1.1);
        Assert.Equal(samples, spoken.RootElement.GetProperty("http").GetProperty("samples").GetInt32());
        Assert.DoesNotContain(vendors.Requests.Of("elevenlabs/speak").SelectMany(request => request.Events), what => what.StartsWith("error", StringComparison.Ordinal));
    }

    private static async Task<JsonDocument> RunAsync(string script, JsonObject input)
    {
        input["key"] = "some-key";
        input["voice"] = "bIHbv24MWmeRgasZH58o";
        return JsonDocument.Parse(await NodeScript.RunVendorClientAsync(script, input.ToJsonString()));
    }
}
