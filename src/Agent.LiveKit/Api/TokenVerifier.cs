using System.Text.Json;
using Agent.LiveKit.Api.Json;
using Agent.Pipeline.Errors;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agent.LiveKit.Api;

/// <summary>Checks LiveKit tokens: signature (HS256 alone), issuer, lifetime; an expiry is required.</summary>
public sealed class TokenVerifier
{
    /// <summary>How far two clocks may differ unless told otherwise: 1 minute, as the server has it.</summary>
    public static readonly TimeSpan DefaultLeeway = TimeSpan.FromMinutes(1);

    private const int MaxTokenCharacters = 256 * 1024;

    private readonly Dictionary<string, SymmetricSecurityKey> _keys;
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenCharacters };
    private readonly TimeProvider _time;

    /// <summary>Accepts tokens of one key pair.</summary>
    /// <param name="apiKey">The only issuer accepted.</param>
    /// <param name="apiSecret">Its secret.</param>
    /// <param name="timeProvider">The clock to check against. Default: the system's.</param>
    /// <exception cref="ConfigurationException">The key or the secret is missing.</exception>
    public TokenVerifier(string apiKey, string apiSecret, TimeProvider? timeProvider = null)
        : this(new Dictionary<string, string>(StringComparer.Ordinal) { [apiKey ?? ""] = apiSecret }, timeProvider)
    {
    }

    /// <summary>Accepts tokens of several key pairs.</summary>
    /// <param name="secretsByKey">The secrets by their API keys.</param>
    /// <param name="timeProvider">The clock to check against. Default: the system's.</param>
    /// <exception cref="ConfigurationException">A key or a secret is missing.</exception>
    public TokenVerifier(IReadOnlyDictionary<string, string> secretsByKey, TimeProvider? timeProvider = null)
    {
        if (secretsByKey.Count == 0 || secretsByKey.Any(pair => string.IsNullOrEmpty(pair.Key) || string.IsNullOrEmpty(pair.Value)))
            throw new ConfigurationException($"Tokens cannot be checked without an API key and its secret: set {LiveKitServer.ApiKeyVariable} and {LiveKitServer.ApiSecretVariable}.");
        _keys = secretsByKey.ToDictionary(pair => pair.Key, pair => TokenSigning.Key(pair.Value), StringComparer.Ordinal);
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How far the clocks of the token's maker and ours may differ. <value>Zero or more; default 1 minute.</value></summary>
    public TimeSpan Leeway { get; init; } = DefaultLeeway;

    /// <summary>Checks a token and returns what it grants.</summary>
    /// <exception cref="TokenException">The token is refused; the message says why.</exception>
    public async ValueTask<ClaimGrants> VerifyAsync(string token)
    {
        if (string.IsNullOrWhiteSpace(token))
            throw new TokenException("There is no token.");
        var jwt = Read(token);
        if (!string.Equals(jwt.Alg, SecurityAlgorithms.HmacSha256, StringComparison.Ordinal))
            throw new TokenException($"The token is signed with '{Shorten(jwt.Alg)}'; only HS256 is accepted.");
        if (!_keys.TryGetValue(jwt.Issuer, out var key))
            throw new TokenException($"The token was issued by the API key '{Shorten(jwt.Issuer)}', which is not known here.");

        var result = await _handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidIssuer = jwt.Issuer,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid)
            throw new TokenException($"The token's signature does not match the secret of the API key '{jwt.Issuer}'.", result.Exception);

        var claims = Parse(jwt);
        CheckLifetime(claims);
        return claims.Identity is null ? claims with { Identity = claims.Id } : claims;
    }

    private static JsonWebToken Read(string token)
    {
        try
        {
            return token.Length <= MaxTokenCharacters
                ? new JsonWebToken(token)
                : throw new TokenException($"The token is too long: {token.Length} characters, at most {MaxTokenCharacters} are accepted.");
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            throw new TokenException("The token is malformed: it is not a JWT of three parts.", e);
        }
    }

    private static ClaimGrants Parse(JsonWebToken jwt)
    {
        try
        {
            var json = Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload);
            return JsonSerializer.Deserialize(json, ClaimGrantsJson.Default.ClaimGrants) ?? throw new TokenException("The token has no claims.");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new TokenException("The token's claims are not those of a LiveKit token.", e);
        }
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");

    private void CheckLifetime(ClaimGrants claims)
    {
        var now = _time.GetUtcNow();
        if (claims.ExpiresAt is not { } expires)
            throw new TokenException("The token has no expiry (exp); it would be valid for ever.");
        if (now - Leeway >= expires)
            throw new TokenException($"The token expired at {expires:u}; it is {now:u}. Make a new one, or check the clocks.");
        if (claims.NotBefore is { } start && now + Leeway < start)
            throw new TokenException($"The token is not valid before {start:u}; it is {now:u}. Check the clocks.");
    }
}
