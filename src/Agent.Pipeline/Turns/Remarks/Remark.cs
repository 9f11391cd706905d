namespace Agent.Pipeline.Turns;

/// <summary>What somebody says over the agent's voice, by its words.</summary>
internal enum Remark
{
    /// <summary>No word is understood.</summary>
    None,

    /// <summary>Only signs of listening ("mm-hm", "yeah", "right").</summary>
    Backchannel,

    /// <summary>A wish for silence ("stop", "hold on").</summary>
    Stop,

    /// <summary>A word that is nothing alone ("the", "but"): the beginning of something, or what a recogniser takes a cough for.</summary>
    Fragment,

    /// <summary>Something else.</summary>
    Speech,
}
