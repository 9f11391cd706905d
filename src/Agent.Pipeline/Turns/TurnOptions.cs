using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Turns;

/// <summary>Who has the floor.</summary>
public sealed class TurnOptions
{
    /// <summary>When the user's turn has ended.</summary>
    [Required]
    public EndpointingOptions Endpointing { get; set; } = new();

    /// <summary>When the user may take the floor from the agent.</summary>
    [Required]
    public InterruptionOptions Interruption { get; set; } = new();

    /// <summary>Beginning the answer before the end of the user's turn is certain.</summary>
    [Required]
    public PreemptiveOptions Preemptive { get; set; } = new();

    /// <summary>How long after the end of speech the end is known; the session takes it from its voice activity.</summary>
    internal TimeSpan DetectionDelay { get; set; }

    /// <summary>How long neither side has to speak until the user counts as away; zero never.</summary>
    /// <value>0 to 1 h, default 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan UserAwayTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
