using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// What the service's codes mean. Sources: assemblyai.com/docs/streaming/common-session-errors-and-closures (2026) for 1008 and 3005 to 3009, npm assemblyai 4.41.5
/// (StreamingErrorType) for 4000 to 4103.
/// </summary>
internal static class AssemblyAiErrors
{
    /// <summary>The session is as old as it may be.</summary>
    public const int SessionExpired = 3008;

    /// <summary>The error of a close code or of an error message.</summary>
    /// <param name="provider">The provider's name as configured.</param>
    /// <param name="code">The code; null where the connection ended without one.</param>
    /// <param name="words">The vendor's words, for deciding between causes that share a code.</param>
    /// <param name="session">The vendor's name for the session.</param>
    public static ProviderException FromCode(string provider, int? code, string? words, string? session)
    {
        var (kind, isTransient, what) = code switch
        {
            1008 when Mentions(words, "balance") || Mentions(words, "funds") || Mentions(words, "disabled") => (ProviderErrorKind.Quota, false, "refused because of the account's balance or state; see the vendor's billing page"),
            1008 when Mentions(words, "concurrent") => (ProviderErrorKind.RateLimit, true, "refused because too many sessions run at once"),
            1008 or 4001 => (ProviderErrorKind.Authentication, false, "refused the key; check that it is valid"),
            3009 or 4102 => (ProviderErrorKind.RateLimit, true, "refused because too many sessions run at once"),
            3006 or 4000 or 4101 => (ProviderErrorKind.BadRequest, false, "refused a message or setting as invalid; see the model's name and options"),
            3007 when Mentions(words, "rate") => (ProviderErrorKind.RateLimit, true, "was sent audio faster than it takes it"),
            3007 or 4032 or 4033 or 4034 => (ProviderErrorKind.BadRequest, true, "refused the length of an audio message"),
            SessionExpired or 4008 or 4010 or 4031 => (ProviderErrorKind.Connection, true, "ended the session for its age"),
            4002 or 4003 => (ProviderErrorKind.Quota, false, "refused because of the account's balance or plan; see the vendor's billing page"),
            4029 => (ProviderErrorKind.RateLimit, true, "was sent audio faster than it takes it"),
            1003 or 1007 or 1009 => (ProviderErrorKind.Protocol, true, "did not understand a message"),
            _ => (ProviderErrorKind.Connection, true, "ended the session"),
        };
        var detail = code is { } number ? $" (code {number})" : "";
        return new ProviderException(provider, kind, $"{provider} {what}{detail}.", isTransient) { RequestId = session };
    }

    /// <summary>The error of a message that is no JSON, or not what its type says.</summary>
    public static ProviderException Garbled(string provider, string? session, Exception? cause = null) =>
        VendorErrors.Garbled(provider, "a message that cannot be read", session, cause);

    private static bool Mentions(string? words, string word) => words?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false;
}
