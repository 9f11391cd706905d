using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Turns;

/// <summary>Short phrases that the agent says while its answer, or a tool that the answer needs, takes long; the answer goes on being made.</summary>
public sealed class FillerOptions
{
    /// <summary>How long the agent may be silent when it is its turn, before it says a first phrase; zero never.</summary>
    /// <value>0 to 1 min, default 0.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Delay { get; set; }

    /// <summary>The silence from the end of one phrase to the beginning of the next.</summary>
    /// <value>0.1 s to 1 min, default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many phrases one answer may be waited for with.</summary>
    /// <value>1 to 100, default 2.</value>
    [Range(1, 100)]
    public int MaxCount { get; set; } = 2;

    /// <summary>What is said, in turn from the first to the last and then again.</summary>
    /// <value>Default none: nothing is said.</value>
    [Required]
    public IReadOnlyList<string> Phrases { get; set; } = [];

    /// <summary>Whether what is heard of a phrase enters the history.</summary>
    /// <value>Default false.</value>
    public bool AddToHistory { get; set; }
}
