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

    /// <summary>Something else.</summary>
    Speech,
}
