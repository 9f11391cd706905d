using System.Net;
using Agent.DevServer.Api;
using Agent.DevServer.Dispatch;
using Agent.DevServer.Media;
using Agent.DevServer.Rooms;
using Agent.DevServer.Signalling;
using Agent.DevServer.Tokens;
using Agent.DevServer.Webhooks;
using Agent.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.DevServer;

/// <summary>A LiveKit-compatible server inside this process, for development and tests: signalling, media, data, dispatch and the server API.</summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(3);
    private readonly WebApplication _app;
    private readonly RoomEnvironment _environment;
    private readonly RoomDirectory _rooms;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private EmbeddedServer(WebApplication app, RoomEnvironment environment, RoomDirectory rooms, CancellationTokenSource stopping)
    {
        _app = app;
        _environment = environment;
        _rooms = rooms;
        _stopping = stopping;
        Counters = environment.Counters;
        var address = new Uri(app.Urls.First());
        Url = new UriBuilder(address) { Scheme = "ws" }.Uri;
        MediaEndPoint = environment.Media.EndPoint;
    }

    /// <summary>The address that clients and workers connect to, e.g. <c>ws://127.0.0.1:7880/</c>.</summary>
    public Uri Url { get; }

    /// <summary>The UDP address that media and data use.</summary>
    public IPEndPoint MediaEndPoint { get; }

    /// <summary>What the server has seen.</summary>
    public EmbeddedServerCounters Counters { get; }

    /// <summary>Starts a server; when this returns it takes connections.</summary>
    /// <param name="options">How to start it.</param>
    /// <param name="loggerFactory">Where it logs; nowhere when null.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="EmbeddedServerException">An option is wrong or a port is taken.</exception>
    public static async Task<EmbeddedServer> StartAsync(
        EmbeddedServerOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Agent.DevServer");
        var time = timeProvider ?? TimeProvider.System;
        var counters = new EmbeddedServerCounters();
        var media = MediaSocket.Open(new IPEndPoint(options.BindAddress, options.MediaPort), new MediaClock(time), counters, logger);
        var rooms = new RoomDirectory();
        var stopping = new CancellationTokenSource();
        var tokens = new TokenCodec(options.EffectiveKeys(), time);
        var webhooks = new WebhookSender(options.WebhookUrls, tokens, time, logger);
        var environment = new RoomEnvironment(
            options, CreateServerInfo(), tokens, new WorkerPool(options.AvailabilityTimeout, logger), media, webhooks, counters, time, logger);
        var app = Build(options, environment, rooms, stopping.Token);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await AbandonAsync();
            throw new EmbeddedServerException($"Port {options.Port} at {options.BindAddress} is in use. Stop what uses it, or choose another port (--port).", e);
        }
        catch (Exception)
        {
            await AbandonAsync();
            throw;
        }

        var server = new EmbeddedServer(app, environment, rooms, stopping);
        ServerLog.Started(logger, server.Url, media.EndPoint);
        return server;

        async Task AbandonAsync()
        {
            await app.DisposeAsync();
            await webhooks.DisposeAsync();
            await media.DisposeAsync();
            stopping.Dispose();
        }
    }

    /// <summary>Closes all rooms, tells everybody, and ends everything that was started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stopping.CancelAsync();
        await _rooms.DisposeAsync();
        // Farewells are still on their way: sockets end by themselves, and those that do not are cut off.
        using (var patience = new CancellationTokenSource(FarewellTimeout))
            await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        await _environment.Webhooks.DisposeAsync();
        await _environment.Media.DisposeAsync();
        _stopping.Dispose();
    }

    private static WebApplication Build(EmbeddedServerOptions options, RoomEnvironment environment, RoomDirectory rooms, CancellationToken stopping)
    {
        // Not the usual builder: it would take over the process's environment (ports, addresses) and its Ctrl-C.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.BindAddress, options.Port);
        });
        // What the web framework has to say is said by this server's own log and exceptions.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAliveInterval });

        var signalling = new SignalEndpoint(rooms, environment);
        var agents = new AgentEndpoint(
            environment.Workers, environment.Tokens, environment.ServerInfo, environment.Counters, environment.Time, options.AvailabilityTimeout, environment.Logger);
        var methods = new RoomService(rooms, environment).Methods.Concat(new AgentDispatchService(rooms, environment).Methods)
            .ToDictionary(StringComparer.Ordinal);
        var twirp = new TwirpEndpoint(methods, environment.Counters, environment.Logger);
        app.Run(new RequestRouter(signalling, agents, twirp, environment, stopping).RouteAsync);
        return app;
    }

    private static ServerInfo CreateServerInfo() => new()
    {
        Edition = ServerInfo.Types.Edition.Standard,
        // Clients turn features on by the server's version: this is the one whose behaviour is followed.
        Version = "1.13.5",
        Protocol = 17,
        AgentProtocol = 1,
        NodeId = Sids.Node(),
        DebugInfo = "embedded server",
    };
}
