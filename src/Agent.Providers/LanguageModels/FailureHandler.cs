using System.Globalization;
using System.Net.Http.Headers;
using Agent.Providers.Connections;
using Agent.Providers.Vendors;

namespace Agent.Providers.LanguageModels;

/// <summary>
/// Below a vendor's package: turns what is no success into one kind of error, with all that the vendor says about it, so that every package fails alike.
/// </summary>
internal sealed class FailureHandler : DelegatingHandler
{
    private const int MaxBodyBytes = 64 * 1024;
    private static readonly TimeSpan s_bodyLimit = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly IReadOnlyList<string> _requestIdHeaders;

    internal FailureHandler(HttpMessageHandler inner, TimeProvider time, params IReadOnlyList<string> requestIdHeaders)
        : base(inner)
    {
        _time = time;
        _requestIdHeaders = requestIdHeaders;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (VendorHttp.IsLost(e))
        {
            throw new VendorFailure("The connection was lost.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VendorFailure("No connection was made in time.", e) { IsConnectTimeout = true };
        }

        if (response.IsSuccessStatusCode && !VendorErrors.IsWebPage(response))
            return response;
        using (response)
        {
            var body = await BodyAsync(response, cancellationToken);
            throw new VendorFailure((int)response.StatusCode, body)
            {
                RequestId = _requestIdHeaders.Select(name => VendorErrors.RequestId(response.Headers, name)).FirstOrDefault(id => id is not null),
                RetryAfter = RetryAfter(response.Headers),
                Codes = ErrorCodes.Read(body),
            };
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Vendors are called asynchronously only.");

    /// <summary><c>retry-after-ms</c> is what OpenAI's and Azure's own clients read first; it is exact where <c>Retry-After</c> is rounded.</summary>
    private TimeSpan? RetryAfter(HttpResponseHeaders headers) =>
        double.TryParse(VendorErrors.RequestId(headers, "retry-after-ms"), CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < 1e9
            ? TimeSpan.FromMilliseconds(milliseconds)
            : VendorErrors.RetryAfter(headers.RetryAfter, _time);

    /// <summary>The explanation, as far as it comes soon: the status alone says what has to be done.</summary>
    private async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_bodyLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var buffer = new byte[MaxBodyBytes];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), either.Token) is var count && count > 0)
                length += count;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Without the explanation, then.
        }

        return buffer[..length];
    }
}
