namespace Agent.Pipeline.Recordings;

/// <summary>Whether and where sessions are recorded: every input of the turn machine with what it decided, what was said, and the ledger; sound only when it is asked for.</summary>
public sealed class RecordingOptions
{
    /// <summary>
    /// The directory that receives one file for each session, readable by its owner only, because it holds what was said; made when it is missing. Null
    /// records nothing.
    /// </summary>
    /// <value>Default null.</value>
    public string? Directory { get; set; }

    /// <summary>Whether the sound of both sides is recorded too, into two WAVE files beside the other: the user's at 16 kHz, the agent's at the room's rate.</summary>
    /// <value>Default false.</value>
    public bool Audio { get; set; }
}
