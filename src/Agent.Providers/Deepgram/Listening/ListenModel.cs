using Agent.Providers.Connections;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>What distinguishes one recogniser from another.</summary>
internal sealed record ListenModel
{
    /// <summary>The name as configured.</summary>
    public required string Provider { get; init; }

    /// <summary>The path of the endpoint.</summary>
    public required string Path { get; init; }

    /// <summary>The query of the endpoint.</summary>
    public required string Query { get; init; }

    /// <summary>How many samples one message has.</summary>
    public required int ChunkSamples { get; init; }

    /// <summary>Whether the recogniser decides when a turn ends.</summary>
    public required bool EndOfTurn { get; init; }

    /// <summary>Whether the vendor speaks first.</summary>
    public required bool Greets { get; init; }

    /// <summary>How long a connection may be open before its first audio.</summary>
    public required TimeSpan MaxUnusedAge { get; init; }

    /// <summary>Makes the reader of one stream.</summary>
    public required Func<IListenProtocol> CreateProtocol { get; init; }

    /// <summary>Opens a connection that is ready for audio.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">The vendor cannot be reached or refuses.</exception>
    public Task<VendorSocket> ConnectAsync(DeepgramOptions options, TimeProvider time, CancellationToken cancellationToken) => Greets
        ? DeepgramConnection.OpenGreetedAsync(Provider, Path, Query, options, time, cancellationToken)
        : DeepgramConnection.OpenAsync(Provider, Path, Query, options, time, cancellationToken);
}
