using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Engines;
using Agent.Tests.OfficialClients;

namespace Agent.Tests.Providers.AzureSpeech;

/// <summary>Microsoft's own Speech SDK for JavaScript with the loopback service, by its address alone. LiveKit has no plugin for Azure on npm.</summary>
public sealed class AzureOfficialClientTests
{
    private const string Text = "She sells fresh bread, and milk. Buy some!";

    private static readonly string[] s_words = ["She", "sells", "fresh", "bread", "and", "milk", "Buy", "some"];

    [Fact]
    public async Task SpeechSdk_TalksWithTheLoopbackService_Unchanged()
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect("good morning", "how are you");
        await using var vendors = await LoopbackVendorHost.StartAsync(
            new LoopbackOptions { Engines = new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()) }, TestContext.Current.CancellationToken);
        var tone = (await new ToneSynthesizer().SpeakAsync("Good morning, it is a fine day.", 16_000, TestContext.Current.CancellationToken)).Samples;
        short[] speech = [.. tone, .. new short[16_000], .. tone];
        var input = new JsonObject
        {
            ["host"] = $"ws://{vendors.Address.Authority}",
            ["key"] = "key",
            ["text"] = Text,
            ["speech"] = Convert.ToBase64String(MemoryMarshal.AsBytes(speech.AsSpan())),
        };

        var seen = JsonElement.Parse(await NodeScript.RunVendorClientAsync("azure-speech.mjs", input.ToJsonString()));

        // 60 ms of tone for each character, 24 kHz, 16 bits.
        AssertSpoken(seen.GetProperty("plain"), s_words, Text.Length * 2880);
        AssertSpoken(seen.GetProperty("streamed"), s_words, Text.Length * 2880);
        AssertSpoken(seen.GetProperty("ssml"), [.. s_words, "Tom", "Jerry"], (Text.Length + " Tom & Jerry.".Length) * 2880);
        var recognised = seen.GetProperty("recognised");
        Assert.Equal(["Good morning.", "How are you."], recognised.GetProperty("final").EnumerateArray().Select(phrase => phrase.GetProperty("text").GetString()));
        Assert.Contains("good", recognised.GetProperty("interim").EnumerateArray().Select(text => text.GetString()));
        Assert.Equal(["start", "end", "start", "end"], recognised.GetProperty("events").EnumerateArray().Select(what => what.GetString()));
        Assert.Equal(["EndOfStream"], recognised.GetProperty("cancelled").EnumerateArray().Select(what => what.GetString()));
        Assert.Equal("Canceled", seen.GetProperty("refused").GetProperty("reason").GetString());
        Assert.Contains("401", seen.GetProperty("refused").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(vendors.Requests.All.SelectMany(request => request.Events), what => what.StartsWith("violation", StringComparison.Ordinal));
    }

    private static void AssertSpoken(JsonElement result, string[] words, int bytes)
    {
        Assert.Equal("SynthesizingAudioCompleted", result.GetProperty("reason").GetString());
        Assert.Equal(bytes, result.GetProperty("bytes").GetInt32());
        var told = result.GetProperty("words").EnumerateArray().Where(word => word.GetProperty("type").GetString() == "WordBoundary").ToList();
        Assert.Equal(words, told.Select(word => word.GetProperty("text").GetString()));
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.GetProperty("offset").GetInt64() < pair.Second.GetProperty("offset").GetInt64()));
    }
}
