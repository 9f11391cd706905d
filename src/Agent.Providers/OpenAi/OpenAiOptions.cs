using System.ComponentModel.DataAnnotations;
using Agent.Providers.OpenAi.Chat;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi;

/// <summary>Settings of OpenAI, or of a server that speaks its protocol, in the configuration section <c>Providers:OpenAi</c>.</summary>
public sealed class OpenAiOptions : VendorOptions
{
    /// <summary>The organisation that is billed, sent as <c>OpenAI-Organization</c>; null is the key's own.</summary>
    public string? Organization { get; set; }

    /// <summary>The project that is billed, sent as <c>OpenAI-Project</c>; null is the key's own.</summary>
    public string? Project { get; set; }

    /// <summary>How language models are called.</summary>
    [Required]
    public OpenAiChatOptions Chat { get; set; } = new();

    /// <summary>Servers that speak OpenAI's protocol, each under the name that its models are called by: <c>NAME/model</c>.</summary>
    public IDictionary<string, OpenAiEndpointOptions> Endpoints { get; } = new Dictionary<string, OpenAiEndpointOptions>(StringComparer.OrdinalIgnoreCase);
}
