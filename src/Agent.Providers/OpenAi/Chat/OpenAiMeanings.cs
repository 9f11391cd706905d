using Agent.Pipeline.Errors;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>What OpenAI's words for errors mean (platform.openai.com/docs/guides/error-codes; content_filter: learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter).</summary>
internal static class OpenAiMeanings
{
    internal static (ProviderErrorKind Kind, bool IsTransient)? Of(string code) => code switch
    {
        "insufficient_quota" or "billing_hard_limit_reached" => (ProviderErrorKind.Quota, false),
        "rate_limit_exceeded" => (ProviderErrorKind.RateLimit, true),
        "content_filter" or "content_policy_violation" or "misalignment_policy_violation" or "bio_policy" => (ProviderErrorKind.Content, false),
        "invalid_api_key" or "authentication_error" => (ProviderErrorKind.Authentication, false),
        "context_length_exceeded" or "invalid_request_error" or "model_not_found" or "invalid_prompt" => (ProviderErrorKind.BadRequest, false),
        "server_error" or "overloaded" => (ProviderErrorKind.Connection, true),
        _ => null,
    };
}
