using System.Net.Http.Headers;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Where OpenAI is, how a request says who asks, and the connections that all recognisers and synthesizers share.</summary>
internal sealed class OpenAiEndpoint : IDisposable
{
    private readonly OpenAiOptions _options;
    private readonly Uri _address;

    public OpenAiEndpoint(IOptions<OpenAiOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _address = _options.BaseUrl ?? OpenAiVendor.DefaultAddress;
        Time = time;
        Http = VendorHttp.Create(_options.Resilience);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Warm connections.</summary>
    public HttpClient Http { get; }

    /// <summary>Time-outs, repetitions, circuit breaker, age of connections.</summary>
    public ResilienceOptions Resilience => _options.Resilience;

    /// <summary>A request to open a WebSocket.</summary>
    public VendorSocketRequest Socket(string provider, string path, string query) => new()
    {
        Provider = provider,
        Address = VendorAddress.Socket(_address, path, query),
        Headers = [new("Authorization", $"Bearer {_options.ApiKey}"), .. BilledTo()],
        RequestIdHeader = OpenAiVendor.RequestIdHeader,
        Time = Time,
    };

    /// <summary>A request over HTTP.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, VendorAddress.Http(_address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        foreach (var (name, value) in BilledTo())
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public void Dispose() => Http.Dispose();

    private IEnumerable<KeyValuePair<string, string>> BilledTo()
    {
        if (!string.IsNullOrEmpty(_options.Organization))
            yield return new("OpenAI-Organization", _options.Organization);
        if (!string.IsNullOrEmpty(_options.Project))
            yield return new("OpenAI-Project", _options.Project);
    }
}
