using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Http;

/// <summary>Calls of one provider over HTTP: repeated until the first byte of an answer has come, patient for so long between bytes.</summary>
internal sealed class OpenAiHttp(OpenAiEndpoint endpoint, string provider, string model)
{
    private readonly VendorCall _call = new(provider, endpoint.Resilience, endpoint.Time);
    private int _warming;

    /// <summary>The provider's name as configured.</summary>
    public string Provider => provider;

    /// <summary>Sends a request.</summary>
    /// <param name="request">Makes it, once for each attempt.</param>
    /// <param name="cancellationToken">Ends the call, and the request at the vendor.</param>
    /// <returns>The answer, a success whose first byte has come.</returns>
    /// <exception cref="ProviderException">The vendor cannot be reached, refuses, or takes too long.</exception>
    public ValueTask<ResponseBody> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        _call.ExecuteAsync(VendorStage.FirstByte, token => AttemptAsync(request, token), cancellationToken);

    /// <summary>Sends a request whose repetitions have to fit in the time to the first byte of one, and so much more.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public ValueTask<ResponseBody> SendWithinAsync(TimeSpan more, Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        _call.ExecuteWithinAsync(VendorStage.FirstByte, more, token => AttemptAsync(request, token), cancellationToken);

    /// <summary>Opens a connection, by asking for the model, which costs nothing.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _warming, 1) != 0)
            return;
        try
        {
            await _call.WithinAsync(VendorStage.FirstByte, AskForModelAsync, cancellationToken);
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException || VendorHttp.IsLost(e))
        {
            // The call that needs a connection opens it, and tells of what stands in the way.
        }
        finally
        {
            Volatile.Write(ref _warming, 0);
        }
    }

    /// <summary>One step of reading an answer, within the limit for pauses.</summary>
    public ValueTask<int> ReadAsync(Func<CancellationToken, ValueTask<int>> read, CancellationToken cancellationToken) =>
        _call.WithinAsync(VendorStage.Idle, read, cancellationToken);

    private async ValueTask<bool> AskForModelAsync(CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Get, $"models/{Uri.EscapeDataString(model)}");
        using var response = await endpoint.Http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    private async ValueTask<ResponseBody> AttemptAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            using var request = make();
            response = await endpoint.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (VendorErrors.IsWebPage(response) && response.IsSuccessStatusCode)
                throw VendorErrors.FromResponse(provider, response, endpoint.Time, OpenAiVendor.RequestIdHeader);
            if (!response.IsSuccessStatusCode)
                throw await OpenAiErrors.OfAsync(provider, response, endpoint.Time, cancellationToken);
            return await ResponseBody.OpenAsync(this, response, cancellationToken);
        }
        catch (Exception e)
        {
            response?.Dispose();
            throw e switch
            {
                HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
                    new ProviderException(provider, ProviderErrorKind.Connection, $"No connection to {provider} could be made.", isTransient: true, e),
                _ when VendorHttp.IsLost(e) => VendorErrors.Lost(provider, innerException: e),
                OperationCanceledException when !cancellationToken.IsCancellationRequested => _call.Late(VendorStage.Connect, endpoint.Resilience.ConnectTimeout, e),
                _ => e,
            };
        }
    }
}
