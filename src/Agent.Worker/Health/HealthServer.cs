using System.Net;
using System.Net.Sockets;
using Agent.Pipeline.Errors;
using Agent.Worker.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Health;

/// <summary>Answers <c>GET /healthz/live</c> and <c>GET /healthz/ready</c> with 200 or 503 and a reason in one line of plain text.</summary>
internal sealed class HealthServer(IOptions<HealthOptions> options, IReadiness readiness) : IHostedService, IAsyncDisposable
{
    private WebApplication? _application;

    /// <summary>Where the server answers once it is started; null when it is switched off.</summary>
    internal Uri? Address { get; private set; }

    /// <exception cref="ConfigurationException">The address or port cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (!settings.Enabled)
            return;
        if (!IPAddress.TryParse(settings.Address, out var address))
            throw new ConfigurationException($"Health:Address is '{settings.Address}'; it has to be an IP address, for example 127.0.0.1 or 0.0.0.0.");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(address, settings.Port));
        builder.Services.AddRoutingCore();
        _application = builder.Build();
        _application.UseRouting();
        _application.MapGet("/healthz/live", Live);
        _application.MapGet("/healthz/ready", Ready);
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new ConfigurationException(
                $"Health:Port {settings.Port} on {settings.Address} cannot be listened on: {exception.GetBaseException().Message}. "
                + "Another program (or worker) may be using it: choose another with --health-port (0 lets the system choose).",
                exception);
        }

        Address = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Task StopAsync(CancellationToken cancellationToken) => _application?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Task Live(HttpContext context) => Answer(context, StatusCodes.Status200OK, "live");

    private Task Ready(HttpContext context)
    {
        var current = readiness.Current;
        return Answer(context, current.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, current.Reason);
    }

    private static Task Answer(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{reason}\n", context.RequestAborted);
    }
}
