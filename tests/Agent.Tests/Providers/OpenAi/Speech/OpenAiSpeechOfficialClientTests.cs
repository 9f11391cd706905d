using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Engines;
using Agent.Tests.OfficialClients;

namespace Agent.Tests.Providers.OpenAi.Speech;

/// <summary>The vendor's own client and LiveKit's plugin have speech made and understood by the loopback vendor, by its address alone.</summary>
public sealed class OpenAiSpeechOfficialClientTests
{
    private const string Text = "she sells fresh bread and milk";

    private const int SpokenBytes = 30 * 1_440 * 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAiClient_SpeechAndTranscription_AreServed()
    {
        await using var vendors = await StartAsync();

        using var output = JsonDocument.Parse(await NodeScript.RunVendorClientAsync("openai-speech-client.mjs", Input(vendors).ToJsonString()));

        AssertSpeech(output.RootElement);
        AssertTranscription(output.RootElement);
        AssertRefusals(output.RootElement.GetProperty("refused"));
        AssertRealtime(output.RootElement.GetProperty("heard"));
    }

    [Fact]
    public async Task LiveKitPlugin_SpeechAndTranscription_AreServed()
    {
        await using var vendors = await StartAsync();

        using var output = JsonDocument.Parse(await NodeScript.RunVendorClientAsync("openai-speech-livekit.mjs", Input(vendors).ToJsonString()));

        var spoken = output.RootElement.GetProperty("spoken");
        Assert.Equal(24_000, spoken.GetProperty("rate").GetInt32());
        Assert.InRange(spoken.GetProperty("samples").GetInt32(), (SpokenBytes / 2) - 2_400, SpokenBytes / 2);
        Assert.Equal(Text, output.RootElement.GetProperty("recognized").GetString());
        var heard = output.RootElement.GetProperty("heard");
        Assert.Equal(Text, heard.GetProperty("final").GetString());
        Assert.True(heard.GetProperty("interims").GetInt32() > 1, heard.ToString());
    }

    private static Task<LoopbackVendorHost> StartAsync()
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect([.. Enumerable.Repeat(Text, 8)]);
        return LoopbackVendorHost.StartAsync(new LoopbackOptions { Engines = new EngineSet(recogniser, new ScriptedDialogue(), new SteadyTone()) }, Cancellation);
    }

    private static JsonObject Input(LoopbackVendorHost vendors) => new() { ["base"] = new Uri(vendors.Address, "v1").ToString(), ["key"] = "some-key", ["text"] = Text };

    private static void AssertSpeech(JsonElement output)
    {
        Assert.Equal((SpokenBytes, SpokenBytes + 44), (output.GetProperty("pcm").GetInt32(), output.GetProperty("wav").GetInt32()));
        var spoken = output.GetProperty("spoken");
        Assert.Equal(["speech.audio.delta", "speech.audio.done"], spoken.GetProperty("types").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(SpokenBytes, spoken.GetProperty("bytes").GetInt32());
        Assert.True(spoken.GetProperty("usage").GetProperty("output_tokens").GetInt32() > 0);
    }

    private static void AssertTranscription(JsonElement output)
    {
        Assert.Equal(Text, output.GetProperty("whole").GetProperty("text").GetString());
        Assert.Equal("tokens", output.GetProperty("whole").GetProperty("usage").GetProperty("type").GetString());
        Assert.Equal(Text.Split(' '), output.GetProperty("verbose").GetProperty("words").EnumerateArray().Select(word => word.GetProperty("word").GetString()));
        var streamed = output.GetProperty("streamed");
        Assert.Equal(6, streamed.GetProperty("deltas").GetArrayLength());
        Assert.Equal(Text, streamed.GetProperty("done").GetProperty("text").GetString());
    }

    private static void AssertRefusals(JsonElement refused) => Assert.Equal(
        [("BadRequestError", 400, "invalid_value", true), ("NotFoundError", 404, "model_not_found", true), ("AuthenticationError", 401, "invalid_api_key", true)],
        refused.EnumerateArray().Select(error => (
            error.GetProperty("name").GetString()!, error.GetProperty("status").GetInt32(), error.GetProperty("code").GetString()!, error.GetProperty("named").GetBoolean())));

    private static void AssertRealtime(JsonElement heard)
    {
        Assert.Equal((Text, Text), (heard.GetProperty("transcript").GetString(), heard.GetProperty("deltas").GetString()));
        Assert.Equal("tokens", heard.GetProperty("usage").GetProperty("type").GetString());
        Assert.Equal(
            ("input_audio_buffer_commit_empty", "an_empty_one"),
            (heard.GetProperty("error").GetProperty("code").GetString(), heard.GetProperty("error").GetProperty("event").GetString()));
        var types = heard.GetProperty("types").EnumerateArray().Select(type => type.GetString()).ToList();
        Assert.Equal(["session.created", "session.updated", "input_audio_buffer.committed"], types.Take(3));
    }

    /// <summary>One unbroken tone, so that a recogniser which listens for pauses hears one utterance.</summary>
    private sealed class SteadyTone : ISynthesizerEngine
    {
        public Task<EngineSpeech> SpeakAsync(string text, int sampleRateHz, CancellationToken cancellationToken) =>
            new ToneSynthesizer().SpeakAsync(new string('m', text.Length), sampleRateHz, cancellationToken);
    }
}
