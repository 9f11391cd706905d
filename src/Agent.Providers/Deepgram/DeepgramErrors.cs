using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Providers.Vendors;

namespace Agent.Providers.Deepgram;

/// <summary>
/// What Deepgram's close frames and error codes mean: developers.deepgram.com/docs/stt-troubleshooting-websocket-data-and-net-errors and
/// /docs/tts-troubleshooting-websocket-net-and-data-errors (2025-07-03).
/// </summary>
internal static class DeepgramErrors
{
    // The reason may be a sentence around the code, so it is looked for and only the code is told.
    private static readonly string[] s_codes =
    [
        "DATA-0000", "DATA-0001", "BIG-0000", "BIG-0001", "MESSAGE-0000", "NET-0000", "NET-0001", "NET-0002", "NET-0003",
    ];

    /// <summary>The error of a connection that the vendor has closed before it was asked to.</summary>
    public static ProviderException Closed(string provider, VendorSocket socket)
    {
        var code = CodeIn(socket.CloseReason);
        var (kind, isTransient) = (socket.CloseCode, code) switch
        {
            (_, "DATA-0001") => (ProviderErrorKind.RateLimit, true),
            (_, "NET-0003") => (ProviderErrorKind.Timeout, true),
            (1011 or 1012 or 1013 or 1001 or 1000 or 1005 or null, _) => (ProviderErrorKind.Connection, true),
            (1003 or 1007 or 1008 or 1009, _) => (ProviderErrorKind.BadRequest, false),
            _ => (ProviderErrorKind.Connection, true),
        };
        var what = code is null ? $"close code {socket.CloseCode}" : $"close code {socket.CloseCode}, {code}";
        return new ProviderException(provider, kind, $"{provider} has closed the connection ({what}).", isTransient) { RequestId = socket.RequestId };
    }

    /// <summary>The error of a fatal message.</summary>
    /// <param name="provider">The provider's name as configured.</param>
    /// <param name="code">The vendor's code; null where it gives none.</param>
    /// <param name="requestId">The vendor's name for the request.</param>
    public static ProviderException Fatal(string provider, string? code, string? requestId)
    {
        var word = Word(code);
        var (kind, isTransient) = word switch
        {
            "INVALID_AUTH" or "INSUFFICIENT_PERMISSIONS" => (ProviderErrorKind.Authentication, false),
            "ASR_PAYMENT_REQUIRED" or "PAYMENT_REQUIRED" => (ProviderErrorKind.Quota, false),
            "TOO_MANY_REQUESTS" => (ProviderErrorKind.RateLimit, true),
            _ when word.Contains("INVALID", StringComparison.Ordinal) || word.Contains("UNPARSABLE", StringComparison.Ordinal) => (ProviderErrorKind.BadRequest, false),
            _ => (ProviderErrorKind.Connection, true),
        };
        return new ProviderException(provider, kind, $"{provider} reports the error {word}.", isTransient) { RequestId = requestId };
    }

    /// <summary>The error of a message that cannot be read.</summary>
    public static ProviderException Garbled(string provider, string? requestId, Exception? cause = null) =>
        VendorErrors.Garbled(provider, "a message that is not of its protocol", requestId, cause);

    /// <summary>A code as the vendor writes them; anything else might repeat what was said.</summary>
    internal static string Word(string? code) =>
        code is { Length: > 0 and <= 64 } && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or '-') ? code : "(unnamed)";

    private static string? CodeIn(string? reason)
    {
        if (reason is null)
            return null;

        // "… See https://dpgr.am/net0001" is the longer form of NET-0001.
        var plain = reason.Replace("-", "", StringComparison.Ordinal);
        return s_codes.FirstOrDefault(code => plain.Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }
}
