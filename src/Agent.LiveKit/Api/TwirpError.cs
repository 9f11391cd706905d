using System.Net;
using System.Text.Json;

namespace Agent.LiveKit.Api;

/// <summary>Reads Twirp's error answers, and those of whatever stands between us and the server (Twirp specification v7, "Errors").</summary>
internal static class TwirpError
{
    private const int MaxMessageCharacters = 500;

    public static TwirpException From(string method, Uri server, HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        var (code, message, metadata) = Parse(body) ?? (FromStatus(status), $"HTTP {(int)status}", null);
        var hint = code switch
        {
            TwirpErrorCode.Unauthenticated or TwirpErrorCode.PermissionDenied => $" Check {LiveKitServer.ApiKeyVariable} and {LiveKitServer.ApiSecretVariable}.",
            TwirpErrorCode.BadRoute => $" Check that {LiveKitServer.UrlVariable} is the address of a LiveKit server, and its version.",
            _ => "",
        };
        return new TwirpException(code, $"{method} failed at {server}: {message}.{hint}", status, metadata);
    }

    private static (TwirpErrorCode Code, string Message, IReadOnlyDictionary<string, string>? Metadata)? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.String)
                return null;
            var message = root.TryGetProperty("msg", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "no message";
            return (ParseCode(code.GetString()!), Shorten(message), ParseMetadata(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // a proxy's page, or text that is no JSON or no UTF-8: the status says what can be said
        }
    }

    private static TwirpErrorCode ParseCode(string code) =>
        Enum.TryParse<TwirpErrorCode>(code.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(code[0])
            ? parsed
            : TwirpErrorCode.Unknown;

    private static Dictionary<string, string>? ParseMetadata(JsonElement root)
    {
        if (!root.TryGetProperty("meta", out var meta) || meta.ValueKind != JsonValueKind.Object)
            return null;
        var parsed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in meta.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
                parsed[entry.Name] = entry.Value.GetString()!;
        }

        return parsed;
    }

    private static TwirpErrorCode FromStatus(HttpStatusCode status) => (int)status switch
    {
        >= 300 and < 400 or 400 => TwirpErrorCode.Internal,
        401 => TwirpErrorCode.Unauthenticated,
        403 => TwirpErrorCode.PermissionDenied,
        404 => TwirpErrorCode.BadRoute,
        429 or 502 or 503 or 504 => TwirpErrorCode.Unavailable,
        _ => TwirpErrorCode.Unknown,
    };

    private static string Shorten(string message) => message.Length <= MaxMessageCharacters ? message : string.Concat(message.AsSpan(0, MaxMessageCharacters), "…");
}
