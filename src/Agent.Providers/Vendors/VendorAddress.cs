namespace Agent.Providers.Vendors;

/// <summary>Puts a vendor's base address, path and query together.</summary>
internal static class VendorAddress
{
    /// <summary>The address of a WebSocket below the base address; <c>http</c> becomes <c>ws</c>.</summary>
    public static Uri Socket(Uri baseUrl, string path, string query = "") => Build(baseUrl, path, query, baseUrl.Scheme is "https" or "wss" ? "wss" : "ws");

    /// <summary>The address of an HTTP resource below the base address; <c>ws</c> becomes <c>http</c>.</summary>
    public static Uri Http(Uri baseUrl, string path, string query = "") => Build(baseUrl, path, query, baseUrl.Scheme is "https" or "wss" ? "https" : "http");

    private static Uri Build(Uri baseUrl, string path, string query, string scheme) => new UriBuilder(baseUrl)
    {
        Scheme = scheme,
        Port = baseUrl.IsDefaultPort ? -1 : baseUrl.Port,
        Path = $"{baseUrl.AbsolutePath.TrimEnd('/')}/{path.TrimStart('/')}",
        Query = query,
    }.Uri;
}
