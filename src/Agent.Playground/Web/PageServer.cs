using System.Net;
using System.Net.Sockets;
using Agent.Pipeline.Errors;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.FileProviders;

namespace Agent.Playground.Web;

/// <summary>The page to talk to the agent, and <c>POST /api/session</c> that lets it into a room. For people on this machine only.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private static readonly string[] s_hosts = ["localhost", "127.0.0.1", "[::1]"];

    private readonly WebApplication _application;

    private PageServer(WebApplication application) => _application = application;

    /// <summary>Where the page is.</summary>
    internal Uri Address { get; private set; } = new("http://localhost");

    /// <exception cref="ConfigurationException">The port cannot be listened on.</exception>
    internal static async Task<PageServer> StartAsync(SessionDesk desk, int port, string? folder, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        // A page elsewhere that resolves its own name to this machine must not get tokens.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = [.. s_hosts]);
        var application = builder.Build();
        var server = new PageServer(application);
        application.UseHostFiltering();
        application.UseRouting();
        application.MapPost("/api/session", context => LetInAsync(context, desk));
        if (folder is null)
        {
            application.MapGet("/", context => context.Response.WriteAsync(
                "The page was not built. Start with ./run, or: npm ci --prefix web && npm run --prefix web build\n", context.RequestAborted));
        }
        else
        {
            var files = new PhysicalFileProvider(folder);
            application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
            application.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        }

        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw new ConfigurationException(
                $"The page's port {port} cannot be listened on: {exception.GetBaseException().Message}. Another program may be using it: choose another with --web-port.",
                exception);
        }

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Address = new UriBuilder(address) { Host = "localhost" }.Uri;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static Task LetInAsync(HttpContext context, SessionDesk desk)
    {
        // A foreign page can send a POST but says where it comes from.
        if (context.Request.Headers.Origin is [{ Length: > 0 } origin] && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !from.IsLoopback))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsJsonAsync(
                new { title = "Not from here", status = 403, detail = "Only a page of this machine may start a conversation." },
                options: null,
                contentType: "application/problem+json",
                context.RequestAborted);
        }

        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(desk.Admit("talk"), context.RequestAborted);
    }
}
