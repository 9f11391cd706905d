using Agent.Providers.Connections;
using Agent.Providers.Vendors;

namespace Agent.Providers.Deepgram;

/// <summary>Opens Deepgram's WebSockets: <c>Authorization: Token KEY</c>, <c>dg-request-id</c>, and <c>dg-error</c> where it refuses (developers.deepgram.com/docs/authentication, 2025-07-03).</summary>
internal static class DeepgramConnection
{
    public static Task<VendorSocket> OpenAsync(string provider, string path, string query, DeepgramOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        VendorSocket.ConnectAsync(
            new VendorSocketRequest
            {
                Provider = provider,
                Address = VendorAddress.Socket(options.BaseUrl ?? DeepgramVendor.PublicAddress, path, query),
                Headers = [KeyValuePair.Create("Authorization", $"Token {options.ApiKey}")],
                RequestIdHeader = "dg-request-id",
                ErrorCodeHeader = "dg-error",
                Time = time,
            },
            cancellationToken);
}
