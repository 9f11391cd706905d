using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Listening;

/// <summary>When a recogniser's connection is taken for dead and replaced, with the audio that it has not answered for.</summary>
public sealed class RecogniserOptions
{
    /// <summary>
    /// How long a recogniser may send nothing while it is to tell the last words. Recognisers without results while somebody speaks have three times as long; after each
    /// replacement that was no help it doubles.
    /// </summary>
    /// <value>0.2 to 60 s, default 1.5 s, which leaves the next connection half a second of <see cref="Turns.EndpointingOptions.TranscriptTimeout"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:01:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a recogniser that tells words while they are spoken may send nothing while somebody speaks; once, until it has understood something again.</summary>
    /// <value>1 to 60 s, default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How much audio is kept for the next connection; the oldest goes first.</summary>
    /// <value>1 to 300 s, default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MaxReplay { get; set; } = TimeSpan.FromSeconds(30);
}
