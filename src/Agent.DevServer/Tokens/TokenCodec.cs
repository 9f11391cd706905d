using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Agent.DevServer.Tokens;

/// <summary>
/// Verifies and mints access tokens: JSON Web Tokens signed by HS256 (RFC 7519, RFC 7515). Written out here because the usual library
/// refuses secrets under 128 bits, and <c>secret</c>, the one every LiveKit example is written with, has 48.
/// </summary>
internal sealed class TokenCodec(IReadOnlyDictionary<string, string> keys, TimeProvider time)
{
    /// <summary>Clocks of client and server may differ by this much.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    public string FirstKey { get; } = keys.Keys.First();

    /// <summary>Reads a token and checks key, signature and times.</summary>
    /// <param name="text">The compact form, three parts in base64url.</param>
    /// <param name="token">What it says, when it is good.</param>
    /// <param name="error">Why it is refused, in the words that clients know from LiveKit; never the token itself.</param>
    public bool TryVerify(string text, [NotNullWhen(true)] out AccessToken? token, out string error)
    {
        token = null;
        error = "invalid authorization token";
        var parts = text.Split('.');
        if (parts.Length != 3 || !TryDecode(parts[0], out var header) || !TryDecode(parts[1], out var payload) || !TryDecode(parts[2], out var signature))
            return false;
        if (!TryParse(header, out var head) || !TryParse(payload, out var claims) || !string.Equals(ClaimReader.Text(head, "alg"), "HS256", StringComparison.Ordinal))
            return false;

        var key = ClaimReader.Text(claims, "iss");
        if (!keys.TryGetValue(key, out var secret))
        {
            error = "invalid API key: " + key;
            return false;
        }

        var expected = Sign(secret, $"{parts[0]}.{parts[1]}");
        if (!CryptographicOperations.FixedTimeEquals(expected, signature))
        {
            error = "invalid token: the signature does not fit the key";
            return false;
        }

        var now = time.GetUtcNow();
        if (ClaimReader.Time(claims, "exp") is { } expires && now > expires + Leeway)
        {
            error = "invalid token: token is expired (exp)";
            return false;
        }

        if (ClaimReader.Time(claims, "nbf") is { } notBefore && now < notBefore - Leeway)
        {
            error = "invalid token: token not valid yet (nbf)";
            return false;
        }

        if (!ClaimReader.TryRead(claims, key, out token))
        {
            error = "invalid token: its claims cannot be read";
            return false;
        }

        return true;
    }

    /// <summary>Signs claims with one of the server's keys.</summary>
    public string Mint(string apiKey, string identity, TimeSpan lifetime, Action<Utf8JsonWriter> writeClaims)
    {
        var now = time.GetUtcNow();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("iss", apiKey);
            if (identity.Length > 0)
                json.WriteString("sub", identity);
            json.WriteNumber("nbf", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + lifetime).ToUnixTimeSeconds());
            writeClaims(json);
            json.WriteEndObject();
        }

        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(stream.ToArray())}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(keys[apiKey], signed))}";
    }

    private static bool TryParse(byte[] json, out JsonElement element)
    {
        element = default;
        try
        {
            // Checked by itself, since the JSON reader looks into strings only when they are asked for, and throws then.
            if (!Utf8.IsValid(json))
                return false;
            using var document = JsonDocument.Parse(json);
            element = document.RootElement.Clone();
            return element.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Sign(string secret, string text) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text));

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length == 0 || !Base64Url.IsValid(text))
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
