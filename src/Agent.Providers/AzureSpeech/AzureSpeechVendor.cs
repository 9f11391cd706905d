using Agent.Providers.Vendors;

namespace Agent.Providers.AzureSpeech;

/// <summary>What is fixed about Azure's speech service.</summary>
internal static class AzureSpeechVendor
{
    /// <summary>The part of provider names before the slash.</summary>
    public const string Name = "azure";

    /// <summary>The configuration section below <c>Providers</c>.</summary>
    public const string Section = "AzureSpeech";

    /// <summary>The header with the key, of the upgrade request.</summary>
    public const string KeyHeader = "Ocp-Apim-Subscription-Key";

    /// <summary>The header that names a connection, of the upgrade request; Microsoft's support asks for it.</summary>
    public const string ConnectionIdHeader = "X-ConnectionId";

    public static VendorVariables Variables { get; } = new(["AZURE_SPEECH_KEY", "SPEECH_KEY"], ["AZURE_SPEECH_ENDPOINT"]);

    /// <summary>The environment variables that hold the region.</summary>
    public static IReadOnlyList<string> RegionVariables { get; } = ["AZURE_SPEECH_REGION", "SPEECH_REGION"];

    /// <summary>An identifier as the service wants it: 32 hexadecimal digits.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N");
}
