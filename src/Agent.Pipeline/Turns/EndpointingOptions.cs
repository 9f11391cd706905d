using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Agent.Pipeline.Turns;

/// <summary>When the user's turn has ended. All delays count from the last speech on the audio's clock, not from the moment at which silence is noticed.</summary>
public sealed class EndpointingOptions : IValidatableObject
{
    /// <summary>Who decides.</summary>
    /// <value>Default <see cref="EndpointingMode.Automatic"/>.</value>
    public EndpointingMode Mode { get; set; }

    /// <summary>
    /// The silence after the last speech that ends a turn which seems finished. Where the recogniser or a speech-to-speech model decides, their
    /// decision counts from this silence on; it is not added to their own waiting.
    /// </summary>
    /// <value>0 to 10 s; default null: 0.5 s, with a turn detector 0.3 s, where the recogniser or a speech-to-speech model decides 0.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan? MinDelay { get; set; }

    /// <summary>
    /// The silence after the last speech that ends a turn which seems unfinished, or which the recogniser or the speech-to-speech model should
    /// have ended and did not.
    /// </summary>
    /// <value>0 to 30 s, at least <see cref="MinDelay"/>; default null: 3 s, with a turn detector 2.5 s, where a speech-to-speech model decides 8 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan? MaxDelay { get; set; }

    /// <summary>
    /// Whether the shortest delay is learned from this user's own pauses inside turns: somebody who pauses long is not cut off again and again. It is
    /// a quarter more than their exponential average; it never falls below <see cref="MinDelay"/> and never rises above <see cref="MaxDelay"/>.
    /// </summary>
    /// <value>Default false.</value>
    public bool Dynamic { get; set; }

    /// <summary>How much of the average pause stays when a further pause is learned; the rest is the new pause.</summary>
    /// <value>0 to 1, default 0.9.</value>
    [Range(0.0, 1.0)]
    public double DynamicInertia { get; set; } = 0.9;

    /// <summary>The silence after the last speech after which the turn detector is asked.</summary>
    /// <value>0 to 5 s, default 0.2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan DetectorDelay { get; set; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How long the turn detector may take; the turn is committed without it then.</summary>
    /// <value>0.05 to 10 s, default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")]
    public TimeSpan DetectorTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a turn that has ended waits for the recogniser's last words.</summary>
    /// <value>0.1 to 30 s, default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan TranscriptTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the answer may have been heard when words of the turn that come too late still make it start again with all the words; later ones
    /// only go into the history. An answer that nobody has heard yet is always made again.
    /// </summary>
    /// <value>0 to 10 s, default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LateWordsWindow { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinDelay is { } min && MaxDelay is { } max && min > max)
        {
            yield return new ValidationResult(string.Create(
                CultureInfo.InvariantCulture,
                $"MinDelay ({min}) is longer than MaxDelay ({max}); give a MaxDelay of at least {min} or leave it out."));
        }
    }
}
