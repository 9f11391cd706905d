namespace Agent.Pipeline.Turns;

/// <summary>What a timer of the turn machine is for; at most one of each kind runs.</summary>
internal enum TurnTimerKind
{
    /// <summary>The silence that ends the user's turn.</summary>
    Endpointing,

    /// <summary>The silence after which the turn detector is asked.</summary>
    DetectorDelay,

    /// <summary>The longest wait for the turn detector, or for the words that it is to judge.</summary>
    Detector,

    /// <summary>The longest turn of the user.</summary>
    UserTurnLimit,

    /// <summary>The time in which a voice that goes on may be the rest of a turn that was ended.</summary>
    RunOn,

    /// <summary>The longest wait for the words of a turn that has ended.</summary>
    Transcript,

    /// <summary>The speech that makes a barge-in count.</summary>
    BargeIn,

    /// <summary>The longest silence after a barge-in that was none.</summary>
    FalseInterruption,

    /// <summary>The time in which a user's echo canceller may still be learning.</summary>
    EchoWarmUp,

    /// <summary>The longest silence of an answer that is being made.</summary>
    Filler,

    /// <summary>The shortest silence between two utterances.</summary>
    Gap,

    /// <summary>The silence of both sides after which the user counts as away.</summary>
    UserAway,
}
