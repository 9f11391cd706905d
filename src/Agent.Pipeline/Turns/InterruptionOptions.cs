using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Turns;

/// <summary>When the user may take the floor from the agent.</summary>
public sealed class InterruptionOptions
{
    /// <summary>Whether the agent can be interrupted by speech at all.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>How long the user has to speak before the agent's utterance is cut; its voice pauses at once.</summary>
    /// <value>0 to 10 s, default 0.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MinDuration { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How many words of this barge-in have to be understood before the agent's utterance is cut.</summary>
    /// <value>0 to 20, default 0.</value>
    [Range(0, 20)]
    public int MinWords { get; set; }

    /// <summary>How long the agent's voice stays paused after a barge-in that was no turn; sooner where the recogniser says that nothing was said.</summary>
    /// <value>0 to 30 s, default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan FalseInterruptionTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
