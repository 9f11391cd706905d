namespace Agent.Pipeline.Ledger;

/// <summary>
/// The steps of a turn, each counted from the end of the user's speech on the audio's own clock, or from the request where no
/// speech led to it. Null where a step did not happen.
/// </summary>
public sealed record TurnLatency
{
    /// <summary>The words of the user's speech were fixed.</summary>
    public TimeSpan? TranscriptFinal { get; init; }

    /// <summary>The user's turn was held to be over.</summary>
    public TimeSpan? EndOfTurn { get; init; }

    /// <summary>The model's first token came.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>The first clause went to the synthesizer.</summary>
    public TimeSpan? FirstClause { get; init; }

    /// <summary>The synthesizer's first sound came.</summary>
    public TimeSpan? FirstAudioByte { get; init; }

    /// <summary>The first sound was handed to the room: the latency that a person perceives, less transport.</summary>
    public TimeSpan? FirstAudioInRoom { get; init; }
}
