using System.Text.RegularExpressions;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>
/// Takes tokens, passwords and what people said out of the native library's texts: it logs a refused request whole, with its token
/// or text, and the URL it connects to.
/// </summary>
internal static partial class SecretRedactor
{
    private const int MaxLength = 600;

    /// <summary>The text without secrets, cut to a length that fits a log.</summary>
    internal static string Redact(string text)
    {
        text = Request().Replace(text, "${what} […]${why}");
        text = Jwt().Replace(text, "[token]");
        text = Parameter().Replace(text, "${name}=[redacted]");
        text = Bearer().Replace(text, "Bearer [token]");
        text = Field().Replace(text, "${name}: [redacted]");
        return text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), " […]");
    }

    // A JSON Web Token (RFC 7519): three base64url parts, of which the first is a JSON object and so begins with eyJ.
    [GeneratedRegex(@"eyJ[A-Za-z0-9_\-]{4,}(\.[A-Za-z0-9_\-]*){0,2}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"(?<name>access_token|join_request|token|secret|password|credential|api_key|sig)=[^&\s""']+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"Bearer\s+[^\s""',]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"\b(?<name>token|secret|password|credential|text|content|payload|metadata|value|data|ice_pwd|ice-pwd):?\s*(Some\()?(""([^""\\]|\\.)*""|\[[0-9, ]*\])\)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    [GeneratedRegex(@"(?<what>failed to handle request|signal_event taking too much time:) .*?(?<why>: InvalidRequest\(.*)?$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();
}
