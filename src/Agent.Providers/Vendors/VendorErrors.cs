using System.Globalization;
using System.Net.Http.Headers;
using Agent.Pipeline.Errors;

namespace Agent.Providers.Vendors;

/// <summary>What HTTP and WebSocket failures mean, the same for all vendors. A vendor's own error codes go before these.</summary>
internal static class VendorErrors
{
    /// <summary>The error of an HTTP status that is not a success.</summary>
    /// <param name="provider">The provider's name as configured.</param>
    /// <param name="status">The status.</param>
    /// <param name="requestId">The vendor's name for the request.</param>
    /// <param name="retryAfter">How long the vendor asks to wait.</param>
    /// <param name="code">The vendor's error code, if it is a fixed word; never text that may repeat what was sent.</param>
    /// <param name="innerException">The cause.</param>
    public static ProviderException FromStatus(
        string provider, int status, string? requestId = null, TimeSpan? retryAfter = null, string? code = null, Exception? innerException = null)
    {
        var (kind, isTransient, what) = status switch
        {
            >= 200 and < 400 => (ProviderErrorKind.Protocol, false, "answered as a web site and not as its interface; see the base address, and what stands between"),
            404 => (ProviderErrorKind.BadRequest, false, "has nothing of that name at its address; see the model's name, and the base address with its version if one is set"),
            400 or 405 or 409 or 413 or 415 or 422 => (ProviderErrorKind.BadRequest, false, "refused the request as malformed or unsupported; see the model's name and options"),
            401 or 403 => (ProviderErrorKind.Authentication, false, "refused the key; check that it is valid and allowed to use this model"),
            402 => (ProviderErrorKind.Quota, false, "refused because the account's allowance is used up; see the vendor's billing page"),
            408 or 504 => (ProviderErrorKind.Timeout, true, "took too long"),
            429 => (ProviderErrorKind.RateLimit, true, "refused because there are too many requests for now"),
            >= 500 => (ProviderErrorKind.Connection, true, "has a fault of its own"),
            _ => (ProviderErrorKind.Protocol, false, "answered with a status that its protocol does not have"),
        };
        var detail = code is null ? "" : $", {code}";
        var wait = retryAfter is { } seconds ? $" It asks to wait {seconds.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s." : "";
        return new ProviderException(provider, kind, $"{provider} {what} (HTTP {status}{detail}).{wait}", isTransient, innerException)
        {
            HttpStatus = status,
            RequestId = requestId,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>The error of an HTTP answer that is not a success.</summary>
    public static ProviderException FromResponse(string provider, HttpResponseMessage response, TimeProvider time, string? requestIdHeader = null, string? code = null) =>
        FromStatus(provider, (int)response.StatusCode, RequestId(response.Headers, requestIdHeader), RetryAfter(response.Headers.RetryAfter, time), code);

    /// <summary>The error of a connection that could not be made or was lost.</summary>
    public static ProviderException Lost(string provider, string? requestId = null, Exception? innerException = null) =>
        new(provider, ProviderErrorKind.Connection, $"The connection to {provider} was lost.", isTransient: true, innerException) { RequestId = requestId };

    /// <summary>The error of a message that the vendor's protocol does not allow.</summary>
    /// <param name="provider">The provider's name as configured.</param>
    /// <param name="what">What was wrong with it, without its content.</param>
    /// <param name="requestId">The vendor's name for the request.</param>
    /// <param name="innerException">The cause.</param>
    public static ProviderException Garbled(string provider, string what, string? requestId = null, Exception? innerException = null) =>
        new(provider, ProviderErrorKind.Protocol, $"{provider} sent {what}.", isTransient: true, innerException) { RequestId = requestId };

    /// <summary>An error that another caller is told as well, with all that is known of it.</summary>
    public static ProviderException Again(ProviderException failed) => Again(failed, failed.IsTransient);

    /// <summary>An error with all that is known of it, where the same call may succeed later after all, or may not.</summary>
    public static ProviderException Again(ProviderException failed, bool isTransient) => new(failed.Provider, failed.Kind, failed.Message, isTransient, failed)
    {
        HttpStatus = failed.HttpStatus,
        RequestId = failed.RequestId,
        RetryAfter = failed.RetryAfter,
    };

    /// <summary>Whether a success is none: the page of a proxy or a wrong address, which would be read as an answer, or heard as noise.</summary>
    public static bool IsWebPage(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";

    /// <summary>How long to wait, from either form of <c>Retry-After</c> (RFC 9110, 10.2.3).</summary>
    public static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait is { } positive && positive < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    public static string? RequestId(HttpHeaders headers, string? name) =>
        name is not null && headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
