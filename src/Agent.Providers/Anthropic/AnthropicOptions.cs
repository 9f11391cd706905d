using System.ComponentModel.DataAnnotations;
using Agent.Providers.LanguageModels;
using Agent.Providers.Vendors;

namespace Agent.Providers.Anthropic;

/// <summary>Settings of Anthropic, in the configuration section <c>Providers:Anthropic</c>.</summary>
public sealed class AnthropicOptions : VendorOptions
{
    /// <summary>Creates the defaults: 8 s to the first token, 4 s between two.</summary>
    public AnthropicOptions() => Resilience = LanguageModelPatience.Create();

    /// <summary>How long an answer may become where the agent's <c>ChatOptions.MaxOutputTokens</c> does not say; Anthropic insists on a limit.</summary>
    /// <value>1 to 200,000 tokens, default 1,024.</value>
    [Range(1, 200_000)]
    public int MaxTokens { get; set; } = 1_024;

    /// <summary>Whether the instructions and the tools are cached at Anthropic between calls, which makes calls after the first cheaper and quicker. Texts too short to be cached are sent as ever.</summary>
    /// <value>Default true.</value>
    public bool PromptCaching { get; set; } = true;
}
