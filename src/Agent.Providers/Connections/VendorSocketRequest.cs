namespace Agent.Providers.Connections;

/// <summary>How to open a vendor's WebSocket.</summary>
internal sealed record VendorSocketRequest
{
    /// <summary>The provider's name as configured, for errors.</summary>
    public required string Provider { get; init; }

    /// <summary>Where, <c>ws</c> or <c>wss</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Headers of the upgrade request, the key among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Sub-protocols to offer, where the vendor has any.</summary>
    public IReadOnlyList<string> SubProtocols { get; init; } = [];

    /// <summary>The response header that names the request; null where the vendor has none.</summary>
    public string? RequestIdHeader { get; init; }

    /// <summary>The response header that holds a fixed error code; null where the vendor has none.</summary>
    public string? ErrorCodeHeader { get; init; }

    /// <summary>The largest message that is taken.</summary>
    /// <value>Bytes, default 16 MiB.</value>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How often something is sent so that nobody in between forgets the connection.</summary>
    /// <value>Default 10 s.</value>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
