using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Vad;

/// <summary>How probabilities of speech become speech with a start and an end.</summary>
public sealed class VoiceActivityOptions
{
    /// <summary>The probability from which a window counts as speech.</summary>
    /// <value>0.05 to 0.95, default 0.5.</value>
    [Range(0.05, 0.95)]
    public double Activation { get; set; } = 0.5;

    /// <summary>The probability below which a window counts as silence while somebody speaks.</summary>
    /// <value>0.05 to <see cref="Activation"/>, default 0.35.</value>
    [Range(0.05, 0.95)]
    public double Deactivation { get; set; } = 0.35;

    /// <summary>How long speech has to last to count.</summary>
    /// <value>0 to 2 s, default 0.05 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:02")]
    public TimeSpan MinSpeech { get; set; } = TimeSpan.FromSeconds(0.05);

    /// <summary>How long silence has to last to end speech.</summary>
    /// <value>0.03 to 5 s, default 0.25 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.03", "00:00:05")]
    public TimeSpan MinSilence { get; set; } = TimeSpan.FromSeconds(0.25);
}
