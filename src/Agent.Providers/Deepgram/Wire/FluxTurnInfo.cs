namespace Agent.Providers.Deepgram.Wire;

/// <summary>Flux: the state of the turn. <c>ListenV2TurnInfo</c> of @deepgram/sdk 5.13.0; developers.deepgram.com/docs/flux/state.</summary>
internal sealed record FluxTurnInfo
{
    /// <summary><c>Update</c>, <c>StartOfTurn</c>, <c>EagerEndOfTurn</c>, <c>TurnResumed</c> or <c>EndOfTurn</c>.</summary>
    public string Event { get; init; } = "";

    /// <summary>Where the audio of the turn begins, in seconds of the stream.</summary>
    public double AudioWindowStart { get; init; }

    /// <summary>Up to where audio was understood, in seconds of the stream.</summary>
    public double AudioWindowEnd { get; init; }

    /// <summary>Everything said in the turn.</summary>
    public string Transcript { get; init; } = "";

    public IReadOnlyList<FluxWord> Words { get; init; } = [];

    /// <summary>Why the turn has ended: <c>model</c>, <c>manual</c>, <c>timeout</c> or something newer; with <c>EndOfTurn</c> only.</summary>
    public string? Trigger { get; init; }

    /// <summary>The languages heard, the most frequent first; <c>flux-general-multi</c> only.</summary>
    public IReadOnlyList<string>? Languages { get; init; }
}
