using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;

namespace Agent.Providers.AzureSpeech;

/// <summary>
/// Where the service is: a region has a host for each direction, a resource of one's own (or a container) has one for both. As in ConnectionFactoryBase,
/// SpeechConnectionFactory and SpeechSynthesisConnectionFactory of Microsoft's Speech SDK for JavaScript 1.52; the address for streams of text is that of
/// "Lower speech synthesis latency using Speech SDK" (learn.microsoft.com, section Text streaming, 2025).
/// </summary>
internal static class AzureSpeechAddress
{
    private const string PortalSuffix = ".api.cognitive.microsoft.com";

    public static Uri Recognition(AzureSpeechOptions options, string query) => Of(options, "stt", options.RecognitionPath, options.RecognitionPath, query);

    public static Uri Synthesis(AzureSpeechOptions options)
    {
        var path = options.SynthesisPath ?? (options.SynthesisInput == AzureSynthesisInput.TextStream ? "/cognitiveservices/websocket/v2" : "/cognitiveservices/websocket/v1");
        var query = options.SynthesisDeploymentId is { } deployment ? $"deploymentId={Uri.EscapeDataString(deployment)}" : "";
        return Of(options, options.SynthesisDeploymentId is null ? "tts" : "voice", path, options.SynthesisPath ?? $"/tts{path}", query);
    }

    /// <summary>Requires a region or an address, before anything is connected.</summary>
    /// <exception cref="ConfigurationException">There is neither.</exception>
    public static void Require(AzureSpeechOptions options, string provider)
    {
        if (options.BaseUrl is null && RegionOf(options) is null)
            throw new ConfigurationException($"'{provider}' cannot be used: it needs the region of the speech resource. Set the environment variable AZURE_SPEECH_REGION, for example to westeurope, or AZURE_SPEECH_ENDPOINT.");
    }

    private static Uri Of(AzureSpeechOptions options, string kind, string regionPath, string ownPath, string query) =>
        RegionOf(options) is { } region
            ? VendorAddress.Socket(new Uri($"wss://{region}.{kind}.speech{Suffix(region)}"), regionPath, query)
            : VendorAddress.Socket(options.BaseUrl!, ownPath, query);

    /// <summary>The endpoint that Azure's portal shows for a resource without a name of its own leads to no WebSocket; it names the region.</summary>
    private static string? RegionOf(AzureSpeechOptions options)
    {
        if (options.BaseUrl is not { } address)
            return options.Region;
        return address.Host.EndsWith(PortalSuffix, StringComparison.OrdinalIgnoreCase) ? address.Host[..^PortalSuffix.Length] : null;
    }

    private static string Suffix(string region)
    {
        if (region.StartsWith("china", StringComparison.OrdinalIgnoreCase))
            return ".azure.cn";
        return region.StartsWith("usgov", StringComparison.OrdinalIgnoreCase) ? ".azure.us" : ".microsoft.com";
    }
}
