using Agent.Providers.Vendors;

namespace Agent.Providers.ElevenLabs;

/// <summary>Names of the vendor.</summary>
internal static class ElevenLabsVendor
{
    public const string Name = "elevenlabs";

    /// <summary>The configuration section below <c>Providers</c>.</summary>
    public const string Section = "ElevenLabs";

    /// <summary>The service's own variable, and the one that LiveKit's plugins read.</summary>
    public static readonly VendorVariables Variables = new(["ELEVENLABS_API_KEY", "ELEVEN_API_KEY"], ["ELEVENLABS_BASE_URL"]);

    public static readonly Uri DefaultBaseUrl = new("wss://api.elevenlabs.io");
}
