using System.Net;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.LoopbackVendors.Serving;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Agent.LoopbackVendors;

/// <summary>All vendors on one port of 127.0.0.1; their paths do not collide. Point each vendor's base address at it.</summary>
public sealed class LoopbackVendorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackVendorHost(WebApplication app, VendorWorld world, Uri address, Uri? secureAddress)
    {
        _app = app;
        Faults = world.Faults;
        Latencies = world.Latencies;
        Requests = world.Requests;
        Engines = world.Engines;
        Address = address;
        SecureAddress = secureAddress;
    }

    /// <summary>Where they are, e.g. <c>http://127.0.0.1:9100/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Where they are over TLS; null without a certificate.</summary>
    public Uri? SecureAddress { get; }

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; }

    /// <summary>How long answers take.</summary>
    public LatencyPlan Latencies { get; }

    /// <summary>What they were asked.</summary>
    public RequestLog Requests { get; }

    /// <summary>Who hears, decides and speaks.</summary>
    public EngineSet Engines { get; }

    /// <summary>Starts them.</summary>
    public static async Task<LoopbackVendorHost> StartAsync(LoopbackOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LoopbackOptions();
        var engines = options.Engines ?? new EngineSet(new ScriptedRecogniser(), new ScriptedDialogue(), new ToneSynthesizer());
        var world = new VendorWorld(engines, new FaultPlan(), new LatencyPlan(), new RequestLog(), new KeyRing(options.ApiKey), TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            if (options.Certificate is { } certificate)
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseWebSockets();
        app.UseRouting();
        FaultControl.Map(app, world);
        foreach (var vendor in VendorServers.All)
            vendor.Map(app, world);
        app.UseEndpoints(static _ => { });
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        return new LoopbackVendorHost(app, world, addresses.First(address => address.Scheme == "http"), addresses.Find(address => address.Scheme == "https"));
    }

    /// <summary>Ends when they are told to end.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops them.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        try
        {
            await _app.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever hangs by plan hangs until the end.
        }

        await _app.DisposeAsync();
    }
}
