using System.Net;
using Agent.Pipeline.Errors;
using Agent.Worker.Configuration;
using Agent.Worker.Health;
using Microsoft.Extensions.Options;

namespace Agent.Tests.Worker.Health;

public class HealthServerTests
{
    private readonly FakeReadiness _readiness = new();

    [Fact]
    public async Task Ready_FollowsTheWorker_WithTheReason()
    {
        await using var server = Server(new() { Port = 0 });
        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "live\n"), await GetAsync(server, "/healthz/live"));
        _readiness.Current = new(false, "starting");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting\n"), await GetAsync(server, "/healthz/ready"));
        _readiness.Current = new(true, "registered: assistant");
        Assert.Equal((HttpStatusCode.OK, "registered: assistant\n"), await GetAsync(server, "/healthz/ready"));
        _readiness.Current = new(false, "draining");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining\n"), await GetAsync(server, "/healthz/ready"));
        Assert.Equal((HttpStatusCode.OK, "live\n"), await GetAsync(server, "/healthz/live"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(server, "/elsewhere")).Status);
    }

    [Fact]
    public async Task StartAsync_PortInUse_SaysWhichAndWhatToDo()
    {
        await using var first = Server(new() { Port = 0 });
        await first.StartAsync(TestContext.Current.CancellationToken);
        await using var second = Server(new() { Port = first.Address!.Port });
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => second.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"Health:Port {first.Address.Port} on 127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("--health-port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_NoAddress_SaysWhatWasSeen()
    {
        await using var server = Server(new() { Address = "everywhere" });
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => server.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'everywhere'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_SwitchedOff_ListensNowhere()
    {
        await using var server = Server(new() { Enabled = false });
        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.Null(server.Address);
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HealthServer server, string path)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private HealthServer Server(HealthOptions options) => new(Options.Create(options), _readiness);

    private sealed class FakeReadiness : IReadiness
    {
        public Readiness Current { get; set; } = new(false, "starting");
    }
}
