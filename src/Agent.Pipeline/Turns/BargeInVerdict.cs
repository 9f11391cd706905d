namespace Agent.Pipeline.Turns;

/// <summary>What a barge-in is, by what is known of it so far.</summary>
internal enum BargeInVerdict
{
    /// <summary>It may become anything.</summary>
    Open,

    /// <summary>The user takes the floor.</summary>
    Turn,

    /// <summary>The user wants silence.</summary>
    Stop,

    /// <summary>It is over, and there was no word in it.</summary>
    Sound,

    /// <summary>It is over, and was a sign of listening.</summary>
    Backchannel,
}
