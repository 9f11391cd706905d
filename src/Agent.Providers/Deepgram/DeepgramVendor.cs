using Agent.Providers.Vendors;

namespace Agent.Providers.Deepgram;

/// <summary>How Deepgram is named, and where it is.</summary>
internal static class DeepgramVendor
{
    public const string Name = "deepgram";

    public const string Section = "Deepgram";

    /// <summary>The rate of the samples that recognisers are given; the pipeline's own, so that nothing is converted.</summary>
    public const int ListenSampleRateHz = 16_000;

    public static VendorVariables Variables { get; } = new(["DEEPGRAM_API_KEY"], ["DEEPGRAM_BASE_URL"]);

    public static MessageTypes MessageTypes { get; } = new("Results", "TurnInfo", "Flushed");

    public static Uri PublicAddress { get; } = new("https://api.deepgram.com");
}
