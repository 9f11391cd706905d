using System.Buffers;
using System.Text.Json;
using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Http;

/// <summary>
/// What OpenAI's error codes mean. Source: https://developers.openai.com/api/docs/guides/error-codes. Its messages are never passed on: they may repeat
/// what was sent.
/// </summary>
internal static class OpenAiErrors
{
    private static readonly SearchValues<char> s_wordSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    private const int LongestBody = 64 * 1024;

    /// <summary>The error of an answer that is no success; reads its body.</summary>
    public static async ValueTask<ProviderException> OfAsync(string provider, HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var details = await ReadAsync(response, cancellationToken);
        var fromStatus = VendorErrors.FromResponse(provider, response, time, OpenAiVendor.RequestIdHeader, FixedWord(details?.Code ?? details?.Type));

        // The status says it all, but 429 is also what a used-up account gets, and 400 what declined content gets.
        if (KindOf(details?.Type, details?.Code) is not { Kind: ProviderErrorKind.Quota or ProviderErrorKind.Content } kind)
            return fromStatus;
        return new ProviderException(provider, kind.Kind, $"{fromStatus.Message} It means: {kind.Meaning}.", kind.IsTransient)
        {
            HttpStatus = fromStatus.HttpStatus,
            RequestId = fromStatus.RequestId,
            RetryAfter = fromStatus.RetryAfter,
        };
    }

    /// <summary>An error told in a stream that had begun well.</summary>
    public static ProviderException Reported(string provider, string? type, string? code, string? requestId)
    {
        var word = FixedWord(code) ?? FixedWord(type) ?? "an error without a code";
        var (kind, isTransient, meaning) = KindOf(type, code) ?? (ProviderErrorKind.Connection, true, "a fault of its own");
        return new ProviderException(provider, kind, $"{provider} reports {word}: {meaning}.", isTransient) { RequestId = requestId };
    }

    private static (ProviderErrorKind Kind, bool IsTransient, string Meaning)? KindOf(string? type, string? code) => (type, code) switch
    {
        (_, "insufficient_quota" or "billing_hard_limit_reached") or ("insufficient_quota", _) =>
            (ProviderErrorKind.Quota, false, "the account's allowance is used up; see the vendor's billing page"),
        (_, "rate_limit_exceeded") or ("rate_limit_error" or "rate_limit_exceeded", _) => (ProviderErrorKind.RateLimit, true, "there are too many requests for now"),
        (_, "invalid_api_key" or "account_deactivated") or ("authentication_error" or "invalid_authentication", _) =>
            (ProviderErrorKind.Authentication, false, "the key is refused; check that it is valid and allowed to use this model"),
        (_, "content_policy_violation" or "content_filter") => (ProviderErrorKind.Content, false, "the content is declined"),
        (_, "session_expired") => (ProviderErrorKind.Connection, true, "the session has reached the vendor's maximum duration"),
        ("server_error", _) => (ProviderErrorKind.Connection, true, "a fault of its own"),
        ("invalid_request_error", _) => (ProviderErrorKind.BadRequest, false, "the request is malformed or unsupported; see the model's name and options"),
        _ => null,
    };

    private static async ValueTask<ApiErrorDetails?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/json")
            return null;
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestBody, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(body, OpenAiSpeechJson.Default.ApiErrorResponse)?.Error;
        }
        catch (Exception e) when (e is JsonException || VendorHttp.IsLost(e))
        {
            // The status alone says what is wrong.
            return null;
        }
    }

    private static string? FixedWord(string? text) =>
        text is { Length: > 0 and <= 64 } && !text.AsSpan().ContainsAnyExcept(s_wordSigns) ? text : null;
}
