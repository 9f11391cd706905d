using Agent.Providers.Connections;
using Agent.Providers.Resilience;

namespace Agent.Providers.LanguageModels;

/// <summary>HTTP below the vendors' packages.</summary>
internal static class LanguageModelHttp
{
    internal static HttpClient Create(ResilienceOptions options, TimeProvider time, params IReadOnlyList<string> requestIdHeaders)
    {
        var handler = VendorHttp.CreateHandler(options);

        // A reply that nobody hears any more is paid for as long as it runs: its connection is closed, not read to the end.
        handler.ResponseDrainTimeout = TimeSpan.Zero;
        return new HttpClient(new FailureHandler(handler, time, requestIdHeaders)) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
