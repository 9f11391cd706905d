using System.Collections.Immutable;

namespace Agent.Pipeline.Turns;

/// <summary>What the user has said since the last turn ended.</summary>
internal sealed record UserTurn
{
    /// <summary>Counts the turns of the session from 1.</summary>
    internal required long Number { get; init; }

    /// <summary>When its first speech began; null while nothing was said.</summary>
    internal TimeSpan? StartedAt { get; init; }

    /// <summary>When its last speech ended; null while the first goes on.</summary>
    internal TimeSpan? LastSpeechAt { get; init; }

    /// <summary>Whether the user is speaking.</summary>
    internal bool IsSpeaking { get; init; }

    /// <summary>The segments that are fixed.</summary>
    internal ImmutableArray<string> Finals { get; init; } = [];

    /// <summary>The segment that may still change.</summary>
    internal string Interim { get; init; } = "";

    /// <summary>When the changing segment's speech began.</summary>
    internal TimeSpan InterimStart { get; init; }

    /// <summary>When the changing segment's speech ended so far.</summary>
    internal TimeSpan InterimEnd { get; init; }

    /// <summary>Earlier segments that the recogniser has not fixed and went on from; a fixed one takes their place.</summary>
    internal ImmutableArray<TurnSegment> Unsettled { get; init; } = [];

    /// <summary>When the speech of its first words began; null while there are none.</summary>
    internal TimeSpan? WordsFrom { get; init; }

    /// <summary>Whether a voice was heard; words alone may make a turn too.</summary>
    internal bool HasVoice { get; init; }

    /// <summary>The pause inside the turn before the speech that goes on; null where there was none.</summary>
    internal TimeSpan? PauseBefore { get; init; }

    /// <summary>Whether the recogniser, or the speech-to-speech model, holds it to be over.</summary>
    internal bool IsEndedByListener { get; init; }

    /// <summary>Whether it is held to be over and only its words are awaited.</summary>
    internal bool IsEndDecided { get; init; }

    /// <summary>Whether it is over whatever the user does: the application or a limit has ended it.</summary>
    internal bool IsEndFixed { get; init; }

    /// <summary>Whether it was ended by its limit.</summary>
    internal bool IsOverLimit { get; init; }

    /// <summary>Whether its words do not count because the agent's utterance is protected.</summary>
    internal bool IsDiscarded { get; init; }

    /// <summary>Whether it was said over the agent without being a barge-in: the agent could not be interrupted.</summary>
    internal bool IsOverAgent { get; init; }

    /// <summary>Whether some of what was heard was the agent's echo.</summary>
    internal bool HasEcho { get; init; }

    /// <summary>How many answers to it were begun before its end was certain.</summary>
    internal int Preparations { get; init; }

    /// <summary>When it was committed; null before.</summary>
    internal TimeSpan? CommittedAt { get; init; }

    /// <summary>Whether anything of it has been heard that is not dealt with.</summary>
    internal bool IsOpen => StartedAt is not null;

    /// <summary>Whether any word was understood.</summary>
    internal bool HasText => Finals.Length > 0 || Interim.Length > 0 || Unsettled.Length > 0;

    /// <summary>All that was understood; the changing segment last.</summary>
    internal string Text => this switch
    {
        { Finals: [], Unsettled: [] } => Interim,
        { Finals: [var only], Unsettled: [], Interim: "" } => only,
        { Interim: "" } => string.Join(' ', [.. Finals, .. Unsettled.Select(segment => segment.Text)]),
        _ => string.Join(' ', [.. Finals, .. Unsettled.Select(segment => segment.Text), Interim]),
    };

    /// <summary>The changing segment has changed; one that ended before it began is kept until it is fixed.</summary>
    internal UserTurn WithInterim(string text, TimeSpan start, TimeSpan end)
    {
        var isNew = Interim.Length > 0 && InterimEnd > InterimStart && start >= InterimEnd;
        return this with
        {
            Unsettled = isNew ? Unsettled.Add(new TurnSegment(Interim, InterimStart, InterimEnd)) : Unsettled,
            Interim = text,
            InterimStart = start,
            InterimEnd = end,
            WordsFrom = WordsFrom ?? start,
        };
    }

    /// <summary>A segment is fixed: it takes the place of what was understood of it before.</summary>
    internal UserTurn WithFinal(string text, TimeSpan start, TimeSpan end)
    {
        var isBeforeInterim = end > start && InterimStart >= end;
        ImmutableArray<string> earlier = [.. Unsettled.Where(segment => segment.End <= start).Select(segment => segment.Text)];
        return this with
        {
            Finals = text.Length == 0 ? Finals.AddRange(earlier) : [.. Finals, .. earlier, text],
            Unsettled = Unsettled.RemoveAll(segment => segment.Start < end),
            Interim = isBeforeInterim ? Interim : "",
            WordsFrom = text.Length == 0 ? WordsFrom : WordsFrom ?? start,
        };
    }

    /// <summary>This committed turn with what the user went on to say; words that may still change give way to a later version of the same segment.</summary>
    internal UserTurn ContinuedBy(UserTurn next)
    {
        var isInterimOpen = Interim.Length > 0 && next.WordsFrom is null;
        var isInterimSettled = Interim.Length > 0 && next.WordsFrom >= CommittedAt;
        var open = isInterimSettled ? Unsettled.Add(new TurnSegment(Interim, InterimStart, InterimEnd)) : Unsettled;
        return next with
        {
            Number = Number,
            StartedAt = StartedAt,
            HasVoice = HasVoice || next.HasVoice,
            Preparations = Preparations,
            WordsFrom = WordsFrom ?? next.WordsFrom,
            Finals = next.Finals.Length == 0 ? Finals : [.. Finals, .. open.Select(segment => segment.Text), .. next.Finals],
            Unsettled = next.Finals.Length == 0 ? open.AddRange(next.Unsettled) : next.Unsettled,
            Interim = isInterimOpen ? Interim : next.Interim,
            InterimStart = isInterimOpen ? InterimStart : next.InterimStart,
            InterimEnd = isInterimOpen ? InterimEnd : next.InterimEnd,
        };
    }

    internal static UserTurn Empty(long number) => new() { Number = number };
}
