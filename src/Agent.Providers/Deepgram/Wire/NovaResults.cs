namespace Agent.Providers.Deepgram.Wire;

/// <summary>Nova: what was understood in one stretch of audio. <c>ListenV1Results</c> of @deepgram/sdk 5.13.0; developers.deepgram.com/docs/understand-endpointing-interim-results.</summary>
internal sealed record NovaResults
{
    /// <summary>Where the stretch begins, in seconds of the stream.</summary>
    public double Start { get; init; }

    /// <summary>How long it is, in seconds.</summary>
    public double Duration { get; init; }

    /// <summary>Whether this stretch will not change any more.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether a pause as long as <c>endpointing</c> has followed.</summary>
    public bool SpeechFinal { get; init; }

    /// <summary>Whether this answers a <c>Finalize</c>.</summary>
    public bool FromFinalize { get; init; }

    public NovaChannel? Channel { get; init; }
}
