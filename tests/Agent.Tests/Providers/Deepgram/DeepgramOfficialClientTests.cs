using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Engines;
using Agent.Tests.OfficialClients;

namespace Agent.Tests.Providers.Deepgram;

/// <summary>The vendor's own client and LiveKit's plugin for it hold a conversation with the loopback vendor, by its address alone.</summary>
public sealed class DeepgramOfficialClientTests
{
    private const string Text = "Hello there, how are you?";

    [Fact]
    public async Task OfficialClients_TalkWithTheLoopbackVendor_Unchanged()
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect([.. Enumerable.Repeat("she sells fresh bread", 4)]);
        await using var vendors = await LoopbackVendorHost.StartAsync(
            new LoopbackOptions { Engines = new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()) }, TestContext.Current.CancellationToken);
        var tone = await new ToneSynthesizer().SpeakAsync("she-sells-fresh-bread", 16_000, TestContext.Current.CancellationToken);
        short[] speech = [.. new short[3_200], .. tone.Samples, .. new short[16_000]];
        var input = new JsonObject
        {
            ["base"] = vendors.Address.ToString().TrimEnd('/'),
            ["key"] = "key",
            ["text"] = Text,
            ["speech"] = Convert.ToBase64String(MemoryMarshal.AsBytes(speech.AsSpan())),
        };

        var told = JsonElement.Parse(await NodeScript.RunVendorClientAsync("deepgram.mjs", input.ToJsonString()));

        var listen = told.GetProperty("listen");
        Assert.Equal(["Metadata", "Results", "SpeechStarted"], Strings(listen, "types").Where(type => type != "UtteranceEnd").Order(StringComparer.Ordinal));
        Assert.True(listen.GetProperty("interim").GetBoolean());
        Assert.Equal(("She sells fresh bread.", 4, 1), (listen.GetProperty("final").GetString(), listen.GetProperty("words").GetInt32(), listen.GetProperty("fromFinalize").GetInt32()));
        Assert.Equal(speech.Length / 16_000.0, listen.GetProperty("duration").GetDouble(), 0.001);

        var flux = told.GetProperty("flux");
        Assert.Equal("FORCE_END_TURN_NO_ACTIVE_TURN", flux.GetProperty("warning").GetString());
        Assert.Contains("ConfigureSuccess", Strings(flux, "types"));
        Assert.Equal(["EndOfTurn", "StartOfTurn", "Update"], Strings(flux, "events").Order(StringComparer.Ordinal));
        Assert.True(flux.GetProperty("sequence").GetBoolean());
        Assert.Equal(("She sells fresh bread.", "manual", 4), (flux.GetProperty("final").GetString(), flux.GetProperty("trigger").GetString(), flux.GetProperty("words").GetInt32()));

        // 60 ms of tone for each character, 24 kHz, 16 bits.
        var speak = told.GetProperty("speak");
        Assert.Equal(["Cleared", "Flushed", "Metadata"], Strings(speak, "types").Order(StringComparer.Ordinal));
        Assert.Equal((Text.Length * 2880, 1), (speak.GetProperty("bytes").GetInt32(), speak.GetProperty("flushed").GetInt32()));

        foreach (var plugin in (string[])["livekitListen", "livekitFlux"])
        {
            Assert.Contains("INTERIM_TRANSCRIPT", Strings(told.GetProperty(plugin), "types"));
            Assert.Equal(("She sells fresh bread.", 4), (told.GetProperty(plugin).GetProperty("final").GetString(), told.GetProperty(plugin).GetProperty("words").GetInt32()));
        }

        Assert.InRange(told.GetProperty("livekitSpeak").GetProperty("samples").GetInt32(), Text.Length * 1440, (Text.Length + 1) * 1440);
        Assert.DoesNotContain(vendors.Requests.All, request => request.Events.Any(what => what is "refused" or "garbage"));
    }

    private static IEnumerable<string?> Strings(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(value => value.GetString());
}
