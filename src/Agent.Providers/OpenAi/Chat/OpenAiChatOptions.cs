using System.ComponentModel.DataAnnotations;
using Agent.Providers.LanguageModels;
using Agent.Providers.Resilience;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>How language models are called at OpenAI; in the configuration section <c>Providers:OpenAi:Chat</c>.</summary>
public class OpenAiChatOptions
{
    /// <summary>Which interface.</summary>
    /// <value>Default <see cref="OpenAiApi.ChatCompletions"/>.</value>
    [EnumDataType(typeof(OpenAiApi))]
    public OpenAiApi Api { get; set; }

    /// <summary>Which dialect of <see cref="OpenAiApi.ChatCompletions"/>.</summary>
    /// <value>Default <see cref="OpenAiDialect.Automatic"/>.</value>
    [EnumDataType(typeof(OpenAiDialect))]
    public OpenAiDialect Dialect { get; set; }

    /// <summary>How much a reasoning model thinks before it speaks, e.g. <c>minimal</c>, where the agent's <c>ChatOptions.Reasoning</c> does not say; null is the model's default.</summary>
    [RegularExpression("[a-z]{1,16}", ErrorMessage = "a word in lower case, such as minimal or low")]
    public string? ReasoningEffort { get; set; }

    /// <summary>Time-outs, repetitions, circuit breaker, age of connections, of language models alone.</summary>
    /// <value>Default as everywhere, but 8 s to the first token and 4 s between two.</value>
    [Required]
    public ResilienceOptions Resilience { get; set; } = LanguageModelPatience.Create();
}
