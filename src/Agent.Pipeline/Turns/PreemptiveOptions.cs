using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Turns;

/// <summary>
/// Beginning the answer before the end of the user's turn is certain. An answer that turns out to be premature is thrown away: nothing of it is
/// heard, enters the history or counts as a failure; what it costs is told by <see cref="Sessions.Events.PreemptiveReplyEnded"/>.
/// </summary>
public sealed class PreemptiveOptions
{
    /// <summary>Whether the language model is asked as soon as the user pauses and the words are understood.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether the synthesizer speaks the answer in advance too; otherwise it gets the words when the turn has ended.</summary>
    /// <value>Default false.</value>
    public bool Synthesize { get; set; }

    /// <summary>The longest turn of the user that is answered in advance: who speaks for long, pauses often.</summary>
    /// <value>0 to 1 h, default 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxSpeech { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many answers to one turn may be begun in advance.</summary>
    /// <value>1 to 100, default 3.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;
}
