namespace Agent.Providers.Deepgram.Wire;

/// <summary>
/// <c>Error</c>, after which the connection is of no use, and <c>Warning</c>, after which it is: <c>ListenV2FatalError</c> and <c>SpeakV1Warning</c> of @deepgram/sdk 5.13.0.
/// Their prose is not read, because it may repeat what was said. Flux also warns, with <c>FORCE_END_TURN_NO_ACTIVE_TURN</c>: observed by the vendor,
/// github.com/deepgram/deepgram-go-sdk/pull/350 (2026-09-02).
/// </summary>
internal sealed record ServerFault
{
    public string? Code { get; init; }

    /// <summary>The code in the form of HTTP errors, which <c>/v1/listen</c> uses: developers.deepgram.com/docs/errors (2025-07-03).</summary>
    public string? ErrCode { get; init; }
}
