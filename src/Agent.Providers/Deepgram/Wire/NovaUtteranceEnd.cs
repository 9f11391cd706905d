namespace Agent.Providers.Deepgram.Wire;

/// <summary>Nova: no word for as long as <c>utterance_end_ms</c>. <c>ListenV1UtteranceEnd</c> of @deepgram/sdk 5.13.0; developers.deepgram.com/docs/utterance-end (2025-07-03).</summary>
internal sealed record NovaUtteranceEnd
{
    /// <summary>When the last word ended, in seconds of the stream.</summary>
    public double LastWordEnd { get; init; }
}
