namespace Agent.Providers.Deepgram.Wire;

/// <summary>Nova: one channel's readings, the best first. <c>ListenV1Results.Channel</c> of @deepgram/sdk 5.13.0.</summary>
internal sealed record NovaChannel
{
    public IReadOnlyList<NovaAlternative> Alternatives { get; init; } = [];
}
