using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors;
using Agent.LoopbackVendors.Engines;
using Agent.Tests.OfficialClients;

namespace Agent.Tests.Providers.AssemblyAi;

/// <summary>The vendor's own client holds an exchange with the loopback vendor, by its address alone.</summary>
public sealed class AssemblyAiOfficialClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamingTranscriber_TwoTurns_HearsBoth(bool formatTurns)
    {
        var recogniser = new ScriptedRecogniser();
        recogniser.Expect("she sells fresh bread", "and milk in the market");
        using var certificate = LoopbackCertificate.Create();
        await using var vendors = await LoopbackVendorHost.StartAsync(
            new LoopbackOptions { Certificate = certificate, Engines = new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()) }, TestContext.Current.CancellationToken);
        var authority = Path.Combine(Path.GetTempPath(), $"loopback-{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        try
        {
            var tone = await new ToneSynthesizer().SpeakAsync("fifteen letters", 16_000, TestContext.Current.CancellationToken);
            var input = new JsonObject
            {
                ["base"] = $"wss://127.0.0.1:{vendors.SecureAddress!.Port}/v3/ws",
                ["key"] = "some-key",
                ["speech"] = Convert.ToBase64String(MemoryMarshal.AsBytes(tone.Samples.AsSpan())),
                ["formatTurns"] = formatTurns,
            };
            var output = await NodeScript.RunVendorClientAsync("assemblyai-streaming.mjs", input.ToJsonString(), new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_EXTRA_CA_CERTS"] = authority });

            using var heard = JsonDocument.Parse(output);
            var ends = heard.RootElement.GetProperty("turns").EnumerateArray().Where(turn => turn.GetProperty("end").GetBoolean()).Select(turn => turn.GetProperty("transcript").GetString()).ToList();
            Assert.Equal(
                formatTurns
                    ? ["she sells fresh bread", "She sells fresh bread.", "and milk in the market", "And milk in the market."]
                    : ["she sells fresh bread", "and milk in the market"],
                ends);
            Assert.Empty(heard.RootElement.GetProperty("errors").EnumerateArray());
            Assert.True(heard.RootElement.GetProperty("begin").GetProperty("expires_at").GetInt64() > 0);
            Assert.Equal(["UpdateConfiguration", "KeepAlive", "ForceEndpoint", "Terminate"], Assert.Single(vendors.Requests.Of("assemblyai/stream")).Events.Take(4));
        }
        finally
        {
            File.Delete(authority);
        }
    }
}
