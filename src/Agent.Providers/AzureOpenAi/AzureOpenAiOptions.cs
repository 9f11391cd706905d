using System.ComponentModel.DataAnnotations;
using Agent.Providers.LanguageModels;
using Agent.Providers.OpenAi.Chat;
using Agent.Providers.Vendors;

namespace Agent.Providers.AzureOpenAi;

/// <summary>Settings of Azure OpenAI, in the configuration section <c>Providers:AzureOpenAi</c>. <see cref="VendorOptions.BaseUrl"/> is the resource's address, <c>https://NAME.openai.azure.com</c>.</summary>
public sealed class AzureOpenAiOptions : VendorOptions
{
    /// <summary>Creates the defaults: 8 s to the first token, 4 s between two.</summary>
    public AzureOpenAiOptions() => Resilience = LanguageModelPatience.Create();

    /// <summary>Which interface.</summary>
    /// <value>Default <see cref="OpenAiApi.ChatCompletions"/>.</value>
    [EnumDataType(typeof(OpenAiApi))]
    public OpenAiApi Api { get; set; }

    /// <summary>The version of the older addresses that name the deployment in the path, e.g. <c>2024-10-21</c>; null is the v1 address, which has no versions.</summary>
    [RegularExpression(@"\d{4}-\d{2}-\d{2}(-preview)?", ErrorMessage = "a dated version, such as 2024-10-21")]
    public string? ApiVersion { get; set; }

    /// <summary>How much a reasoning model thinks before it speaks, where the agent's <c>ChatOptions.Reasoning</c> does not say; null is the model's default.</summary>
    [RegularExpression("[a-z]{1,16}", ErrorMessage = "a word in lower case, such as minimal or low")]
    public string? ReasoningEffort { get; set; }
}
