using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Turns;

/// <summary>When the user's turn has ended.</summary>
public sealed class EndpointingOptions
{
    /// <summary>Who decides.</summary>
    /// <value>Default <see cref="EndpointingMode.VoiceActivity"/>.</value>
    public EndpointingMode Mode { get; set; }

    /// <summary>The silence after the last speech that ends a turn.</summary>
    /// <value>0 to 10 s, default 0.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The silence after the last speech that ends a turn which seems unfinished.</summary>
    /// <value>0 to 30 s, at least <see cref="MinDelay"/>, default 3 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a turn that has ended waits for the recogniser's last words.</summary>
    /// <value>0.1 to 30 s, default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan TranscriptTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
