using System.Text.Json;

namespace Agent.Providers.AzureSpeech.Wire;

/// <summary><c>speech.config</c>, client to service, once for each connection: who speaks. Source: SpeechServiceConfig and ServiceRecognizerBase of Microsoft's Speech SDK for JavaScript 1.52, which sends <c>context.system</c> alone when telemetry is off.</summary>
internal sealed record SpeechConfig(SpeechConfigContext Context)
{
    /// <summary>Ours, as JSON.</summary>
    public static ReadOnlySpan<byte> Ours => s_ours;

    private static readonly byte[] s_ours = JsonSerializer.SerializeToUtf8Bytes(
        new SpeechConfig(new SpeechConfigContext(new SpeechConfigSystem("Agent", typeof(SpeechConfig).Assembly.GetName().Version?.ToString(3) ?? "0", ".NET", "C#"))),
        AzureSpeechJson.Camel.SpeechConfig);
}
