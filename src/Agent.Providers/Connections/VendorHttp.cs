using System.Net.Sockets;
using Agent.Providers.Resilience;

namespace Agent.Providers.Connections;

/// <summary>HTTP to vendors: one pool of warm connections for each vendor, with a maximum age, and no time-out of its own (stages have theirs).</summary>
internal static class VendorHttp
{
    /// <summary>Makes a client for one vendor; lives as long as the vendor's providers.</summary>
    public static HttpClient Create(ResilienceOptions options) => new(CreateHandler(options)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Whether a request has failed with its connection. One that is torn down at the very moment at which it was made is a <see cref="SocketException"/>, not an <see cref="HttpRequestException"/>.</summary>
    public static bool IsLost(Exception error) => error is HttpRequestException or IOException or SocketException;

    /// <summary>Makes the handler alone, for a vendor's own package.</summary>
    public static SocketsHttpHandler CreateHandler(ResilienceOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = options.MaxConnectionAge,
        PooledConnectionIdleTimeout = options.MaxConnectionAge,
        EnableMultipleHttp2Connections = true,
        UseCookies = false,
        AllowAutoRedirect = false,
    };
}
