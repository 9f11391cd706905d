using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Api;

/// <summary>A LiveKit server and the key pair that it knows: where to connect and how to sign. Never prints its secret.</summary>
public sealed class LiveKitServer
{
    /// <summary>The environment variable with the server's address.</summary>
    public const string UrlVariable = "LIVEKIT_URL";

    /// <summary>The environment variable with the API key.</summary>
    public const string ApiKeyVariable = "LIVEKIT_API_KEY";

    /// <summary>The environment variable with the API secret.</summary>
    public const string ApiSecretVariable = "LIVEKIT_API_SECRET";

    /// <summary>Checks and keeps the three settings.</summary>
    /// <param name="url">The server's address: <c>ws://</c>, <c>wss://</c>, <c>http://</c> or <c>https://</c>; a path in front of LiveKit's own paths is kept.</param>
    /// <param name="apiKey">The API key, which becomes the issuer of every token.</param>
    /// <param name="apiSecret">The API secret, which signs every token.</param>
    /// <exception cref="ConfigurationException">One of the three is missing or malformed.</exception>
    public LiveKitServer(string? url, string? apiKey, string? apiSecret)
    {
        if (string.IsNullOrWhiteSpace(url))
            throw new ConfigurationException($"The address of the LiveKit server is missing: set {UrlVariable}, for example to ws://localhost:7880.");
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var parsed) || !IsSupported(parsed) || string.IsNullOrEmpty(parsed.Host))
            throw new ConfigurationException($"'{Shorten(url)}' is not an address of a LiveKit server: {UrlVariable} must start with ws://, wss://, http:// or https://, for example ws://localhost:7880.");
        if (!string.IsNullOrEmpty(parsed.UserInfo))
            throw new ConfigurationException($"{UrlVariable} must not contain a user name or password: put the key and the secret into {ApiKeyVariable} and {ApiSecretVariable}.");
        if (string.IsNullOrWhiteSpace(apiKey))
            throw new ConfigurationException($"The LiveKit API key is missing: set {ApiKeyVariable} to a key that the server at {parsed.GetLeftPart(UriPartial.Authority)} knows.");
        if (string.IsNullOrWhiteSpace(apiSecret))
            throw new ConfigurationException($"The LiveKit API secret is missing: set {ApiSecretVariable} to the secret that belongs to the key '{apiKey}'.");

        var secure = parsed.Scheme is "wss" or "https";
        HttpUrl = WithScheme(parsed, secure ? "https" : "http");
        WebSocketUrl = WithScheme(parsed, secure ? "wss" : "ws");
        ApiKey = apiKey.Trim();
        ApiSecret = apiSecret.Trim();
    }

    /// <summary>The address for the server API, <c>http</c> or <c>https</c>, ending in a slash.</summary>
    public Uri HttpUrl { get; }

    /// <summary>The address for rooms and workers, <c>ws</c> or <c>wss</c>, ending in a slash.</summary>
    public Uri WebSocketUrl { get; }

    /// <summary>The API key.</summary>
    public string ApiKey { get; }

    /// <summary>The API secret. Not part of <see cref="ToString"/>.</summary>
    public string ApiSecret { get; }

    /// <summary>Reads <c>LIVEKIT_URL</c>, <c>LIVEKIT_API_KEY</c> and <c>LIVEKIT_API_SECRET</c>.</summary>
    /// <exception cref="ConfigurationException">One of the three is missing or malformed.</exception>
    public static LiveKitServer FromEnvironment() => new(
        Environment.GetEnvironmentVariable(UrlVariable),
        Environment.GetEnvironmentVariable(ApiKeyVariable),
        Environment.GetEnvironmentVariable(ApiSecretVariable));

    /// <summary>A new token signed with this server's key pair.</summary>
    public AccessToken CreateToken() => new(ApiKey, ApiSecret);

    /// <summary>The address and the key, without the secret.</summary>
    public override string ToString() => $"{WebSocketUrl} (key {ApiKey})";

    private static bool IsSupported(Uri url) => url.Scheme is "ws" or "wss" or "http" or "https";

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private static Uri WithScheme(Uri url, string scheme)
    {
        var path = url.AbsolutePath.EndsWith('/') ? url.AbsolutePath : url.AbsolutePath + "/";
        return new UriBuilder(scheme, url.Host, url.IsDefaultPort ? -1 : url.Port, path).Uri;
    }
}
