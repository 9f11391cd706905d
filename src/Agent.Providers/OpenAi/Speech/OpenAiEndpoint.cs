using System.Net.Http.Headers;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Where OpenAI is, and how a request says who asks.</summary>
internal sealed class OpenAiEndpoint(OpenAiOptions options, TimeProvider time)
{
    private readonly Uri _address = options.BaseUrl ?? OpenAiVendor.DefaultAddress;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Time-outs, repetitions, circuit breaker, age of connections.</summary>
    public ResilienceOptions Resilience => options.Resilience;

    /// <summary>A request to open a WebSocket.</summary>
    public VendorSocketRequest Socket(string provider, string path, string query) => new()
    {
        Provider = provider,
        Address = VendorAddress.Socket(_address, path, query),
        Headers = [new("Authorization", $"Bearer {options.ApiKey}"), .. BilledTo()],
        RequestIdHeader = OpenAiVendor.RequestIdHeader,
        Time = time,
    };

    /// <summary>A request over HTTP.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, VendorAddress.Http(_address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        foreach (var (name, value) in BilledTo())
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private IEnumerable<KeyValuePair<string, string>> BilledTo()
    {
        if (!string.IsNullOrEmpty(options.Organization))
            yield return new("OpenAI-Organization", options.Organization);
        if (!string.IsNullOrEmpty(options.Project))
            yield return new("OpenAI-Project", options.Project);
    }
}
