using System.Collections.Immutable;

namespace Agent.Pipeline.Turns;

/// <summary>Everything that is known about who has the floor. Immutable: the same state and event always give the same next state.</summary>
internal sealed record TurnState
{
    internal static readonly TurnState Initial = new();

    /// <summary>Whether there is somebody to talk to.</summary>
    internal bool IsLinked { get; init; }

    /// <summary>What the user says in the turn that has not been committed.</summary>
    internal UserTurn Turn { get; init; } = UserTurn.Empty(1);

    /// <summary>The last turn that was committed, to which late words belong; null when there is none.</summary>
    internal UserTurn? LastTurn { get; init; }

    /// <summary>Up to when everything the user said is dealt with although it was not committed; words from before are not a turn.</summary>
    internal TimeSpan ForgottenAt { get; init; } = TimeSpan.MinValue;

    /// <summary>The number of the last question to the recogniser.</summary>
    internal long LastFlush { get; init; }

    /// <summary>The number of the last question that the recogniser has answered, or that is not waited for any more.</summary>
    internal long AnsweredFlush { get; init; }

    /// <summary>How many questions to the recogniser are unanswered.</summary>
    internal long FlushesPending => LastFlush - AnsweredFlush;

    /// <summary>What the turn detector was asked at this pause; null when it was not.</summary>
    internal DetectorQuestion? Question { get; init; }

    /// <summary>The identifier of the last question to the turn detector.</summary>
    internal long LastQuestion { get; init; }

    /// <summary>How long the user is used to pause inside a turn; null while nothing was learned.</summary>
    internal TimeSpan? LearnedPause { get; init; }

    /// <summary>Speech that belongs to no turn yet; null when there is none.</summary>
    internal RunOn? RunOn { get; init; }

    /// <summary>Whether the user has the floor by hand until the turn is committed or cleared.</summary>
    internal bool IsFloorHeld { get; init; }

    /// <summary>The user speaking over the agent; null while nobody does.</summary>
    internal BargeIn? BargeIn { get; init; }

    /// <summary>The last barge-in that was held to be none; null when no words of it can come any more.</summary>
    internal FalseBargeIn? FalseBargeIn { get; init; }

    /// <summary>When the agent's first sound of the session was handed to the room; null before.</summary>
    internal TimeSpan? FirstAudibleAt { get; init; }

    /// <summary>When an echo of the agent was last recognised; null while there was none.</summary>
    internal TimeSpan? EchoAt { get; init; }

    /// <summary>Whether the speech-to-speech model cannot be reached, so that it ends no turns.</summary>
    internal bool IsModelGone { get; init; }

    /// <summary>Whether the user is on the telephone.</summary>
    internal bool IsPhone { get; init; }

    /// <summary>The agent's utterance that has the floor, or has been asked for.</summary>
    internal AgentSpeech? Current { get; init; }

    /// <summary>Utterances that had the floor and let another speak while they are silent; the next to go on is last.</summary>
    internal ImmutableArray<AgentSpeech> Behind { get; init; } = [];

    /// <summary>Whether the user cannot take the floor from the agent.</summary>
    internal bool IsProtected
    {
        get
        {
            if (Current is { IsProtected: true })
                return true;
            foreach (var speech in Behind)
            {
                if (speech.IsProtected)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Until when the next utterance waits, so that there is a gap behind the last.</summary>
    internal TimeSpan QuietUntil { get; init; } = TimeSpan.MinValue;

    /// <summary>Utterances that wait, the next first.</summary>
    internal ImmutableArray<AgentSpeech> Waiting { get; init; } = [];

    /// <summary>The answer that is made before the user's turn has ended; null while there is none.</summary>
    internal Preparation? Prepared { get; init; }

    /// <summary>Timers that run, at most one of each kind.</summary>
    internal ImmutableArray<TurnTimer> Timers { get; init; } = [];

    /// <summary>The identifier of the last timer.</summary>
    internal long LastTimerId { get; init; }

    /// <summary>How many identifiers this machine has given to replies.</summary>
    internal long LastReply { get; init; }

    /// <summary>How many fillers there were.</summary>
    internal long LastFiller { get; init; }

    /// <summary>What the agent does, as last shown.</summary>
    internal AgentState Agent { get; init; } = AgentState.Initializing;

    /// <summary>What the user does, as last shown.</summary>
    internal UserState User { get; init; } = UserState.Listening;

    internal TurnTimer? Timer(TurnTimerKind kind)
    {
        foreach (var timer in Timers)
        {
            if (timer.Kind == kind)
                return timer;
        }

        return null;
    }
}
