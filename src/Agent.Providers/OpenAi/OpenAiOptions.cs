using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi;

/// <summary>Settings of OpenAI, or of a server that speaks its protocol, in the configuration section <c>Providers:OpenAi</c>.</summary>
public sealed class OpenAiOptions : VendorOptions
{
    /// <summary>The organisation that is billed, sent as <c>OpenAI-Organization</c>; null is the key's own.</summary>
    public string? Organization { get; set; }

    /// <summary>The project that is billed, sent as <c>OpenAI-Project</c>; null is the key's own.</summary>
    public string? Project { get; set; }
}
