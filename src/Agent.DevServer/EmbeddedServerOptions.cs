using System.Net;

namespace Agent.DevServer;

/// <summary>How the embedded server is started. Validated by <see cref="EmbeddedServer.StartAsync"/>.</summary>
public sealed class EmbeddedServerOptions
{
    /// <summary>The key pair of a server that was given none, as LiveKit's own development mode has it: <c>devkey</c>.</summary>
    public const string DevelopmentKey = "devkey";

    /// <summary>The secret that goes with <see cref="DevelopmentKey"/>.</summary>
    public const string DevelopmentSecret = "secret";

    /// <summary>The address to listen on, for HTTP and for media.</summary>
    /// <value>Default 127.0.0.1. An address that is not loopback needs <see cref="Keys"/> to be given.</value>
    public IPAddress BindAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The TCP port of signalling, workers and the server API.</summary>
    /// <value>0 to 65,535; 0 lets the system choose. Default 7880.</value>
    public int Port { get; set; } = 7880;

    /// <summary>The UDP port that carries all media and data.</summary>
    /// <value>0 to 65,535; 0 lets the system choose. Default 7882.</value>
    public int MediaPort { get; set; } = 7882;

    /// <summary>API keys and their secrets.</summary>
    /// <value>Default empty, which stands for <see cref="DevelopmentKey"/> and <see cref="DevelopmentSecret"/> on loopback.</value>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a room is kept that nobody has joined, unless the room says otherwise.</summary>
    /// <value>Default 300 s.</value>
    public TimeSpan EmptyTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a room is kept after the last person left, unless the room says otherwise.</summary>
    /// <value>Default 20 s.</value>
    public TimeSpan DepartureTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a participant whose signalling was lost is kept, so that it can resume.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan ResumeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker may take to answer an availability request.</summary>
    /// <value>Default 3 s.</value>
    public TimeSpan AvailabilityTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Addresses to which events are posted.</summary>
    /// <value>Default none.</value>
    public IList<Uri> WebhookUrls { get; } = [];

    internal bool IsLoopback => IPAddress.IsLoopback(BindAddress);

    internal IReadOnlyDictionary<string, string> EffectiveKeys() => Keys.Count > 0
        ? new Dictionary<string, string>(Keys, StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal) { [DevelopmentKey] = DevelopmentSecret };

    internal void Validate()
    {
        if (Port is < 0 or > 65_535)
            throw new EmbeddedServerException($"The port must be from 0 to 65,535, not {Port}.");
        if (MediaPort is < 0 or > 65_535)
            throw new EmbeddedServerException($"The media port must be from 0 to 65,535, not {MediaPort}.");
        if (!IsLoopback && Keys.Count == 0)
        {
            throw new EmbeddedServerException(
                $"{BindAddress} can be reached from other machines, and everybody knows the development keys. Give keys of your own (--keys KEY:SECRET), or bind to 127.0.0.1.");
        }

        foreach (var (key, secret) in Keys)
        {
            if (key.Length == 0 || secret.Length == 0)
                throw new EmbeddedServerException("An API key or its secret is empty. Keys are written KEY:SECRET.");
        }
    }
}
