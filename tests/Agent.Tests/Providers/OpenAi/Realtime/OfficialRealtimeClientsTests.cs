using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Engines;
using Agent.Tests.OfficialClients;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.OpenAi.Realtime;

/// <summary>The loopback server is honest: OpenAI's own client and LiveKit's Node plugin hold spoken conversations with it unchanged, by base address alone.</summary>
public sealed class OfficialRealtimeClientsTests : IAsyncLifetime
{
    private readonly ScriptedRecogniser _recogniser = new();
    private readonly ScriptedDialogue _dialogue = new();
    private readonly X509Certificate2 _certificate = LoopbackCertificate.Create();
    private readonly string _authority = Path.Combine(Path.GetTempPath(), $"loopback-{Guid.NewGuid():N}.pem");
    private LoopbackVendorHost? _vendors;

    private LoopbackVendorHost Vendors => _vendors ?? throw new InvalidOperationException("Not initialized.");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_authority, _certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        _vendors = await LoopbackVendorHost.StartAsync(
            new LoopbackOptions { Engines = new EngineSet(_recogniser, _dialogue, new ToneSynthesizer()), Certificate = _certificate }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_authority);
        await Vendors.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task OpenAi_TurnToolCancellationAndTruncation_GoAsDocumented()
    {
        _recogniser.Expect("what is the weather in bern", "and in geneva");
        _dialogue.Expect(
            new TextContent("Let me see. It rains in Bern."),
            new FunctionCallContent("x", "weather", new Dictionary<string, object?>(StringComparer.Ordinal) { ["city"] = "Geneva" }),
            new TextContent("It rains there too."),
            new TextContent(string.Join(' ', Enumerable.Repeat("It goes on and on.", 40))));

        var seen = await RunAsync("openai-realtime-client.mjs", new Uri($"https://127.0.0.1:{Vendors.SecureAddress!.Port}"));

        Assert.Equal("marin", (string?)seen["voice"]);
        Assert.Equal("what is the weather in bern", (string?)seen["transcript"]);
        Assert.Equal(("completed", "Let me see. It rains in Bern."), ((string?)seen["first"]!["status"], (string?)seen["first"]!["text"]));
        Assert.True((int)seen["first"]!["bytes"]! > 48_000);
        Assert.Equal("""{"name":"weather","arguments":"{\"city\":\"Geneva\"}"}""", seen["call"]!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("It rains there too.", (string?)seen["second"]);
        Assert.Equal(("cancelled", "client_cancelled", 100), ((string?)seen["cancelled"]!["status"], (string?)seen["cancelled"]!["reason"], (int)seen["truncated"]!));
        Assert.Equal(("response_cancel_not_active", "nothing-to-cancel"), ((string?)seen["refusal"]!["code"], (string?)seen["refusal"]!["event"]));
        Assert.Equal(["response_cancel_not_active"], seen["errors"]!.AsArray().Select(error => (string?)error));
    }

    [Fact]
    public async Task LiveKitsPlugin_TurnInstructionsAndInterruption_GoAsInItsAgents()
    {
        _recogniser.Expect("what is my name");
        _dialogue.Expect(new TextContent("It is John."), new TextContent("Who are you?"), new TextContent(string.Join(' ', Enumerable.Repeat("It goes on and on.", 40))));

        var seen = await RunAsync("openai-realtime-plugin.mjs", Vendors.Address);

        Assert.Equal(["what is my name"], seen["transcripts"]!.AsArray().Select(text => (string?)text));
        Assert.Equal("It is John.", (string?)seen["first"]!["text"]);
        Assert.True((int)seen["first"]!["samples"]! > 12_000);
        Assert.Equal("Who are you?", (string?)seen["second"]!["text"]);
        Assert.True(((string?)seen["third"]!["text"])!.Length < 300);
        Assert.Empty(seen["errors"]!.AsArray());
    }

    private async Task<JsonNode> RunAsync(string script, Uri address)
    {
        var samples = new short[28_800];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 220 * i / 24_000));
        var input = new JsonObject
        {
            ["baseUrl"] = $"{address.ToString().TrimEnd('/')}/v1",
            ["key"] = "any",
            ["speech"] = Convert.ToBase64String(MemoryMarshal.AsBytes(samples.AsSpan())),
        };
        return JsonNode.Parse(await NodeScript.RunVendorClientAsync(script, input.ToJsonString(), new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_EXTRA_CA_CERTS"] = _authority }))!;
    }
}
