using System.Security.Cryptography;
using System.Text;
using Agent.Pipeline.Errors;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.LiveKit.Api;

/// <summary>Checks and reads what a LiveKit server posts to a webhook address.</summary>
public sealed class WebhookReceiver
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly TokenVerifier _verifier;

    /// <summary>Accepts what is signed with one key pair.</summary>
    /// <exception cref="ConfigurationException">The key or the secret is missing.</exception>
    public WebhookReceiver(string apiKey, string apiSecret, TimeProvider? timeProvider = null)
        : this(new TokenVerifier(apiKey, apiSecret, timeProvider))
    {
    }

    /// <summary>Accepts what the verifier accepts.</summary>
    public WebhookReceiver(TokenVerifier verifier) => _verifier = verifier;

    /// <summary>Checks the signature and reads the event.</summary>
    /// <param name="body">The body as it came; a body that was read as JSON and written again has another hash.</param>
    /// <param name="authorization">The header <c>Authorization</c>: the token, with or without <c>Bearer</c> before it.</param>
    /// <exception cref="TokenException">The token is missing or refused, or the body is not the one that was signed.</exception>
    /// <exception cref="AgentException">The body is no event.</exception>
    public async ValueTask<WebhookEvent> ReceiveAsync(ReadOnlyMemory<byte> body, string? authorization)
    {
        if (string.IsNullOrWhiteSpace(authorization))
            throw new TokenException("The webhook has no Authorization header: it is not from a LiveKit server, or a proxy has removed it.");
        var token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..] : authorization;
        var claims = await _verifier.VerifyAsync(token.Trim());
        if (!IsHashOf(body.Span, claims.Sha256))
            throw new TokenException("The webhook's body is not the one that was signed (SHA-256 differs).");
        return Parse(body.Span);
    }

    /// <summary>Checks the signature and reads the event.</summary>
    /// <inheritdoc cref="ReceiveAsync(ReadOnlyMemory{byte}, string?)"/>
    public ValueTask<WebhookEvent> ReceiveAsync(string body, string? authorization) => ReceiveAsync(Encoding.UTF8.GetBytes(body), authorization);

    private static bool IsHashOf(ReadOnlySpan<byte> body, string? base64)
    {
        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes];
        return base64 is not null
            && Convert.TryFromBase64String(base64, claimed, out var length)
            && length == SHA256.HashSizeInBytes
            && CryptographicOperations.FixedTimeEquals(claimed, SHA256.HashData(body));
    }

    private static WebhookEvent Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return Parser.Parse<WebhookEvent>(Utf8.GetString(body));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or DecoderFallbackException)
        {
            throw new AgentException("The webhook's body is signed, but is not an event of LiveKit.", e);
        }
    }
}
