namespace Agent.Pipeline.Ledger;

/// <summary>Times of one turn's steps, marked from whatever loop takes the step; the first mark of a step counts.</summary>
internal sealed class TurnMeasurement
{
    private const long Unset = long.MinValue;

    private TurnMarks _marks;
    private long _firstToken = Unset;
    private long _firstClause = Unset;
    private long _firstAudioByte = Unset;
    private long _firstAudioInRoom = Unset;

    /// <param name="marks">What is known about the user's turn.</param>
    internal TurnMeasurement(TurnMarks marks) => _marks = marks;

    /// <summary>From the start of the user's speech to the agent's silence.</summary>
    internal TimeSpan? BargeIn { get; set; }

    internal TimeSpan? FirstAudioAt => Read(ref _firstAudioInRoom);

    /// <summary>The turn is over: what was measured before counts from its end.</summary>
    internal void CountFrom(TurnMarks marks) => _marks = marks;

    internal void MarkFirstToken(TimeSpan now) => Mark(ref _firstToken, now);

    internal void MarkFirstClause(TimeSpan now) => Mark(ref _firstClause, now);

    internal void MarkFirstAudioByte(TimeSpan now) => Mark(ref _firstAudioByte, now);

    internal void MarkFirstAudioInRoom(TimeSpan now) => Mark(ref _firstAudioInRoom, now);

    internal TurnLatency ToLatency()
    {
        var origin = _marks.SpeechEndedAt;
        return new TurnLatency
        {
            TranscriptFinal = _marks.TranscriptFinalAt - origin,
            EndOfTurn = _marks.EndOfTurnAt - origin,
            FirstToken = Read(ref _firstToken) - origin,
            FirstClause = Read(ref _firstClause) - origin,
            FirstAudioByte = Read(ref _firstAudioByte) - origin,
            FirstAudioInRoom = Read(ref _firstAudioInRoom) - origin,
        };
    }

    private static void Mark(ref long field, TimeSpan now) => Interlocked.CompareExchange(ref field, now.Ticks, Unset);

    private static TimeSpan? Read(ref long field) => Volatile.Read(ref field) is var ticks and not Unset ? new TimeSpan(ticks) : null;
}
