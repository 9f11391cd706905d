namespace Agent.Pipeline.Ledger;

/// <summary>Times of one turn's steps, marked from whatever loop takes the step; the first mark of a step counts.</summary>
internal sealed class TurnMeasurement
{
    private const long Unset = long.MinValue;

    private readonly TimeSpan _origin;
    private long _firstToken = Unset;
    private long _firstClause = Unset;
    private long _firstAudioByte = Unset;
    private long _firstAudioInRoom = Unset;

    /// <param name="origin">The end of the user's speech, or the request: what all steps count from.</param>
    internal TurnMeasurement(TimeSpan origin) => _origin = origin;

    internal TimeSpan? TranscriptFinalAt { get; init; }

    internal TimeSpan? EndOfTurnAt { get; init; }

    /// <summary>From the start of the user's speech to the agent's silence.</summary>
    internal TimeSpan? BargeIn { get; set; }

    internal TimeSpan? FirstAudioAt => Read(ref _firstAudioInRoom);

    internal void MarkFirstToken(TimeSpan now) => Mark(ref _firstToken, now);

    internal void MarkFirstClause(TimeSpan now) => Mark(ref _firstClause, now);

    internal void MarkFirstAudioByte(TimeSpan now) => Mark(ref _firstAudioByte, now);

    internal void MarkFirstAudioInRoom(TimeSpan now) => Mark(ref _firstAudioInRoom, now);

    internal TurnLatency ToLatency() => new()
    {
        TranscriptFinal = TranscriptFinalAt - _origin,
        EndOfTurn = EndOfTurnAt - _origin,
        FirstToken = Read(ref _firstToken) - _origin,
        FirstClause = Read(ref _firstClause) - _origin,
        FirstAudioByte = Read(ref _firstAudioByte) - _origin,
        FirstAudioInRoom = Read(ref _firstAudioInRoom) - _origin,
    };

    private static void Mark(ref long field, TimeSpan now) => Interlocked.CompareExchange(ref field, now.Ticks, Unset);

    private static TimeSpan? Read(ref long field) => Volatile.Read(ref field) is var ticks and not Unset ? new TimeSpan(ticks) : null;
}
