namespace Agent.Worker.Configuration;

/// <summary>The LiveKit server that the worker registers with. Section <c>LiveKit</c>, or the usual environment variables.</summary>
public sealed class LiveKitOptions
{
    /// <summary>The configuration section: <c>LiveKit</c>.</summary>
    public const string Section = "LiveKit";

    /// <summary>The server's address, <c>ws://</c>, <c>wss://</c>, <c>http://</c> or <c>https://</c>.</summary>
    /// <value>Required. Environment: <c>LIVEKIT_URL</c>.</value>
    public string Url { get; set; } = "";

    /// <summary>The key that names the project at the server.</summary>
    /// <value>Required. Environment: <c>LIVEKIT_API_KEY</c>. Never taken from a command line.</value>
    public string ApiKey { get; set; } = "";

    /// <summary>The secret that belongs to <see cref="ApiKey"/> and signs every token.</summary>
    /// <value>Required. Environment: <c>LIVEKIT_API_SECRET</c>. Never taken from a command line, never logged.</value>
    public string ApiSecret { get; set; } = "";
}
