using System.Buffers;
using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;

namespace Agent.Providers.ElevenLabs;

/// <summary>
/// What the service's error names mean. Sources: elevenlabs.io/docs/developers/resources/error-messages (2026); max_active_conversations and input_timeout_exceeded as shown by
/// the service in github.com/livekit/agents-js/issues/1985 and github.com/elevenlabs/elevenlabs-docs/issues/426.
/// </summary>
internal static class ElevenLabsErrors
{
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_0123456789");

    /// <summary>The error of an error message, or of a close without one.</summary>
    /// <param name="provider">The provider's name as configured.</param>
    /// <param name="name">The error's fixed name; null where there was none.</param>
    /// <param name="code">The close code.</param>
    /// <param name="words">The vendor's words with the code, for deciding alone.</param>
    /// <param name="requestId">The vendor's name for the connection.</param>
    public static ProviderException From(string provider, string? name, int? code, string? words, string? requestId)
    {
        var known = name is { Length: > 0 and <= 64 } && name.AsSpan().IndexOfAnyExcept(s_nameCharacters) < 0 ? name : null;
        var (kind, isTransient, what) = known switch
        {
            "invalid_api_key" or "missing_api_key" or "unauthorized" or "needs_authorization" or "missing_permissions" =>
                (ProviderErrorKind.Authentication, false, "refused the key; check that it is valid and allowed to use this voice and model"),
            "quota_exceeded" or "insufficient_credits" or "payment_issue" => (ProviderErrorKind.Quota, false, "refused because the account's allowance is used up; see the vendor's billing page"),
            "max_active_conversations" or "too_many_concurrent_requests" or "concurrent_limit_exceeded" or "rate_limit_exceeded" or "system_busy" =>
                (ProviderErrorKind.RateLimit, true, "refused because too much is asked at once"),
            "input_timeout_exceeded" => (ProviderErrorKind.Timeout, true, "gave the utterance up because no text came"),
            "invalid_input_message" or "voice_not_found" or "voice_id_does_not_exist" or "model_not_found" or "model_can_not_do_text_to_speech" or "unsupported_language" or "invalid_parameters"
                or "max_character_limit_exceeded" or "output_format_not_allowed" => (ProviderErrorKind.BadRequest, false, "refused the request; check the voice, the model and the options"),
            "content_against_policy" or "detected_harmful_content" => (ProviderErrorKind.Content, false, "declined the text"),
            null when code == 1008 && Mentions(words, "api key") => (ProviderErrorKind.Authentication, false, "refused the key; check that it is valid"),
            null when code == 1008 && Mentions(words, "quota") => (ProviderErrorKind.Quota, false, "refused because the account's allowance is used up; see the vendor's billing page"),
            null when code == 1008 && Mentions(words, "simultaneous contexts") => (ProviderErrorKind.RateLimit, true, "refused because too much is asked at once"),
            null when code == 1008 && Mentions(words, "within the timeout") => (ProviderErrorKind.Timeout, true, "gave the utterance up because no text came"),
            _ => (ProviderErrorKind.Connection, true, "ended the connection"),
        };
        var detail = (known, code) switch
        {
            (not null, not null) => $" ({known}, code {code})",
            (not null, null) => $" ({known})",
            (null, not null) => $" (code {code})",
            _ => "",
        };
        return new ProviderException(provider, kind, $"{provider} {what}{detail}.", isTransient) { RequestId = requestId };
    }

    /// <summary>The error of a message that is no JSON, or not what it should be.</summary>
    public static ProviderException Garbled(string provider, string? requestId, Exception? cause = null) => VendorErrors.Garbled(provider, "a message that cannot be read", requestId, cause);

    private static bool Mentions(string? words, string word) => words?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false;
}
