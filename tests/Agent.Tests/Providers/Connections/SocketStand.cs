using System.Net;
using System.Net.WebSockets;
using Agent.Providers.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Tests.Providers.Connections;

/// <summary>A server that does with a WebSocket, or with its upgrade, what a test says.</summary>
internal sealed class SocketStand : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SocketStand(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }

    public static Task<SocketStand> ServeAsync(Func<WebSocket, HttpContext, Task> serve) =>
        StartAsync(async context => await serve(await context.WebSockets.AcceptWebSocketAsync(), context));

    public static async Task<SocketStand> StartAsync(RequestDelegate handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(handle);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new SocketStand(app, new Uri(address.Replace("http", "ws", StringComparison.Ordinal)));
    }

    public Task<VendorSocket> ConnectAsync(CancellationToken cancellationToken, TimeProvider? time = null, int maxMessageBytes = 1 << 20, TimeSpan? keepAlive = null) => VendorSocket.ConnectAsync(
        new VendorSocketRequest
        {
            Provider = "vendor/model",
            Address = Address,
            Headers = [new("Authorization", "Token secret-key")],
            RequestIdHeader = "x-request-id",
            ErrorCodeHeader = "x-error",
            MaxMessageBytes = maxMessageBytes,
            KeepAlive = keepAlive ?? TimeSpan.FromSeconds(10),
            Time = time ?? TimeProvider.System,
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // A connection that is held open on purpose.
        }

        await _app.DisposeAsync();
    }
}
