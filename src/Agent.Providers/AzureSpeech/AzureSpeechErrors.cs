using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Providers.Vendors;

namespace Agent.Providers.AzureSpeech;

/// <summary>What the service's own codes mean.</summary>
internal static class AzureSpeechErrors
{
    /// <summary>
    /// The error of a connection that the service has closed. Codes as Microsoft's SDK takes them (ServiceRecognizerBase of the Speech SDK for JavaScript
    /// 1.52: 1002, 1003, 1007 and 4000 are final); 4429 and the words of 1007 as told in issues 2305 and 2785 of Azure-Samples/cognitive-services-speech-sdk
    /// and 471 of microsoft/cognitive-services-speech-sdk-js.
    /// </summary>
    public static ProviderException Closed(string provider, VendorSocket socket)
    {
        var code = socket.CloseCode ?? 1005;
        var reason = socket.CloseReason ?? "";
        var (kind, isTransient, what) = code switch
        {
            4429 => (ProviderErrorKind.RateLimit, true, "there are more requests at once than the resource may have"),
            1007 when Has(reason, "quota") => (ProviderErrorKind.Quota, false, "the resource's quota is used up"),
            1007 when Has(reason, "throttle") => (ProviderErrorKind.RateLimit, true, "there are too many requests for now"),
            1007 => (ProviderErrorKind.BadRequest, false, "the request is malformed or unsupported; see the voice's or language's name and the options"),
            1002 or 1003 or 4000 => (ProviderErrorKind.Protocol, false, "the request breaks its protocol"),
            4401 or 4403 => (ProviderErrorKind.Authentication, false, "the key is not allowed to do this"),
            _ => (ProviderErrorKind.Connection, true, "it is not done"),
        };
        return new ProviderException(provider, kind, $"{provider} has closed the connection (WebSocket code {code}): {what}.", isTransient) { RequestId = socket.RequestId };
    }

    /// <summary>The error of a phrase with a status that ends recognition; null where it does not (RecognitionStatus and EnumTranslation of the Speech SDK for JavaScript 1.52).</summary>
    public static ProviderException? Status(string provider, string status, string? requestId)
    {
        var (kind, isTransient, what) = status switch
        {
            "Error" => (ProviderErrorKind.Connection, true, "has a fault of its own"),
            "TooManyRequests" => (ProviderErrorKind.RateLimit, true, "refused because the resource has more transcriptions at once than it may have"),
            "BadRequest" => (ProviderErrorKind.BadRequest, false, "refused a parameter or the audio format; see the language and the options"),
            "Forbidden" => (ProviderErrorKind.Quota, false, "refused because a free subscription has used up its quota"),
            _ => (ProviderErrorKind.Protocol, false, ""),
        };
        return what.Length == 0 ? null : new ProviderException(provider, kind, $"{provider} {what} (RecognitionStatus {status}).", isTransient) { RequestId = requestId };
    }

    /// <summary>The error of a message that cannot be read.</summary>
    public static ProviderException Garbled(string provider, string? requestId, Exception? cause = null) =>
        VendorErrors.Garbled(provider, "a message that its protocol does not allow", requestId, cause);

    private static bool Has(string reason, string word) => reason.Contains(word, StringComparison.OrdinalIgnoreCase);
}
