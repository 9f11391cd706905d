namespace Agent.Providers.Deepgram.Wire;

/// <summary>Nova: one reading. <c>ListenV1Results.Channel.Alternatives.Item</c> of @deepgram/sdk 5.13.0.</summary>
internal sealed record NovaAlternative
{
    public string Transcript { get; init; } = "";

    public double Confidence { get; init; }

    /// <summary>The languages heard, the most frequent first; with <c>language=multi</c> only.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    public IReadOnlyList<NovaWord> Words { get; init; } = [];
}
