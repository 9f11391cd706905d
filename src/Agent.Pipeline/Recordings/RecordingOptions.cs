namespace Agent.Pipeline.Recordings;

/// <summary>Whether and where sessions are recorded: every input of the turn machine with what it decided, what was said, and the ledger; never a sound.</summary>
public sealed class RecordingOptions
{
    /// <summary>
    /// The directory that receives one file for each session, readable by its owner only, because it holds what was said; made when it is missing. Null
    /// records nothing.
    /// </summary>
    /// <value>Default null.</value>
    public string? Directory { get; set; }
}
