using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc;

/// <summary>The server's URL as people write it, checked.</summary>
internal static class ServerAddress
{
    /// <summary>
    /// An ICE server that is none: the library takes the servers that the server proposes, public STUN among them, unless it is given one.
    /// An address in place of a name costs no lookup, and nothing answers at the discard port (RFC 863).
    /// </summary>
    internal const string NoStun = "stun:127.0.0.1:9";

    /// <exception cref="ConfigurationException">It is no URL of a server.</exception>
    internal static Uri Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Wrong(url, "is no URL");
        var scheme = uri.Scheme switch
        {
            "ws" or "http" => "ws",
            "wss" or "https" => "wss",
            _ => throw Wrong(url, $"begins with {uri.Scheme}:"),
        };
        if (uri.UserInfo.Length > 0)
            throw new ConfigurationException("The LiveKit URL carries a user name or password. Leave it away; the access token is what lets us in.");
        return new UriBuilder(uri) { Scheme = scheme, Port = uri.IsDefaultPort ? -1 : uri.Port, Query = "", Fragment = "" }.Uri;
    }

    private static ConfigurationException Wrong(string url, string how) =>
        new($"The LiveKit URL '{Native.SecretRedactor.Redact(url)}' {how}. Write it as ws://HOST:PORT or wss://HOST, such as ws://127.0.0.1:7880 (LIVEKIT_URL).");
}
