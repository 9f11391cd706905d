using System.Net;
using System.Net.Sockets;
using Agent.Tests.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.Deploy;

public sealed class HealthCheckScriptTests
{
    [Theory]
    [InlineData(200, "live", 0)]
    [InlineData(503, "draining: finishing jobs, taking none", 1)]
    public async Task Run_WhenTheWorkerAnswers_EndsAsItSaysAndRepeatsTheReason(int status, string reason, int exitCode)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        server.Map("/healthz/ready", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($"{reason}\n");
        });
        await server.StartAsync();

        var run = await RunAsync(new Uri(server.Urls.Single()).Port, "/healthz/ready");
        Assert.True(run.ExitCode == exitCode, run.Everything);
        Assert.Equal($"/healthz/ready: {status} {reason}", run.Output.TrimEnd());
    }

    [Fact]
    public async Task Run_WhenNobodyListens_Fails()
    {
        using var reserved = new TcpListener(IPAddress.Loopback, 0);
        reserved.Start();
        var port = ((IPEndPoint)reserved.LocalEndpoint).Port;
        reserved.Stop();
        Assert.NotEqual(0, (await RunAsync(port, "/healthz/live")).ExitCode);
    }

    [Fact]
    public async Task Run_WhenTheWorkerHangs_GivesUp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var run = await RunAsync(((IPEndPoint)listener.LocalEndpoint).Port, "/healthz/live");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("within 3 seconds", run.Error, StringComparison.Ordinal);
    }

    private static Task<ToolRun> RunAsync(int port, string path) =>
        ToolRun.StartAsync("apt-get install bash", "/usr/bin/env", $"Health__Port={port}", "bash", Repository.PathOf("deploy", "healthcheck"), path);
}
