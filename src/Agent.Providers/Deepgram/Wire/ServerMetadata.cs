namespace Agent.Providers.Deepgram.Wire;

/// <summary>
/// Nova (at the end), Flux (<c>Connected</c>, at the beginning) and Aura (<c>Metadata</c>, at the beginning) name the request. <c>ListenV1Metadata</c>,
/// <c>ListenV2Connected</c> and <c>SpeakV1Metadata</c> of @deepgram/sdk 5.13.0.
/// </summary>
internal sealed record ServerMetadata
{
    public string? RequestId { get; init; }
}
