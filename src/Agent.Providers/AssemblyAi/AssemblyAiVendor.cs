using Agent.Providers.Vendors;

namespace Agent.Providers.AssemblyAi;

/// <summary>Names of the vendor.</summary>
internal static class AssemblyAiVendor
{
    public const string Name = "assemblyai";

    /// <summary>The configuration section below <c>Providers</c>.</summary>
    public const string Section = "AssemblyAi";

    /// <summary>The recommended model.</summary>
    public const string English = "universal-streaming-english";

    /// <summary>English, Spanish, German, French, Portuguese, Italian.</summary>
    public const string Multilingual = "universal-streaming-multilingual";

    public static readonly VendorVariables Variables = new(["ASSEMBLYAI_API_KEY"], ["ASSEMBLYAI_BASE_URL"]);

    /// <summary>Source: assemblyai.com/docs/streaming/select-the-region (2026).</summary>
    public static readonly Uri DefaultBaseUrl = new("wss://streaming.assemblyai.com");
}
