using Agent.DevServer;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.EndToEnd;

/// <summary>
/// The server that the end-to-end tests run against: an embedded one of their own, or the one that AGENT_TEST_LIVEKIT_URL,
/// AGENT_TEST_LIVEKIT_API_KEY and AGENT_TEST_LIVEKIT_API_SECRET name.
/// </summary>
public sealed class LiveKitServerFixture : IAsyncLifetime
{
    private static readonly string? GivenUrl = Environment.GetEnvironmentVariable("AGENT_TEST_LIVEKIT_URL");

    /// <summary>The server's address, e.g. <c>ws://127.0.0.1:43210/</c>.</summary>
    public Uri Url { get; private set; } = null!;

    public string ApiKey { get; private set; } = EmbeddedServerOptions.DevelopmentKey;

    public string ApiSecret { get; private set; } = EmbeddedServerOptions.DevelopmentSecret;

    /// <summary>The embedded server; null when another one was named. A test that looks into it skips itself then.</summary>
    public EmbeddedServer? Embedded { get; private set; }

    /// <summary>The lines that the embedded server logged, newest last; for a failing test's message.</summary>
    public TestLog Log { get; } = new();

    /// <summary>A room name that no other test uses, on a server that may be shared.</summary>
    public static string NewRoomName() => "test-" + Guid.NewGuid().ToString("N");

    public async ValueTask InitializeAsync()
    {
        if (!string.IsNullOrEmpty(GivenUrl))
        {
            Url = new Uri(GivenUrl);
            ApiKey = Required("AGENT_TEST_LIVEKIT_API_KEY");
            ApiSecret = Required("AGENT_TEST_LIVEKIT_API_SECRET");
            return;
        }

        var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Log));
        // Tests run beside each other: a worker that answers late there is no worker that is gone, and its job would be dropped for good.
        var options = new EmbeddedServerOptions { Port = 0, MediaPort = 0, AvailabilityTimeout = TimeSpan.FromSeconds(30) };
        Embedded = await EmbeddedServer.StartAsync(options, logs);
        Url = Embedded.Url;
    }

    public async ValueTask DisposeAsync()
    {
        if (Embedded is not null)
            await Embedded.DisposeAsync();
    }

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"AGENT_TEST_LIVEKIT_URL is set, so {name} must be set too.");
}
