using Agent.Providers.Vendors;

namespace Agent.Providers.Anthropic;

/// <summary>What is fixed about Anthropic.</summary>
internal static class AnthropicVendor
{
    public const string Name = "anthropic";

    public const string Section = "Anthropic";

    /// <summary>The response header that names a request (platform.claude.com/docs/en/api/errors).</summary>
    public const string RequestIdHeader = "request-id";

    public static Uri DefaultAddress { get; } = new("https://api.anthropic.com");

    public static VendorVariables Variables { get; } = new(["ANTHROPIC_API_KEY"], ["ANTHROPIC_BASE_URL"]);
}
