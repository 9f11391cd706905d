using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.Hedging;

/// <summary>When a second request is made for one answer; in the configuration section <c>Providers:Hedging</c>. A language model is hedged by the name <c>hedged/VENDOR/MODEL</c>.</summary>
public sealed class HedgingOptions : IValidatableObject
{
    /// <summary>The model that the second request goes to, as <c>vendor/model</c>; null is the same one.</summary>
    public string? With { get; set; }

    /// <summary>A first token later than this share of the recent ones starts a second request.</summary>
    /// <value>0.5 to 0.99, default 0.9.</value>
    [Range(0.5, 0.99)]
    public double Percentile { get; set; } = 0.9;

    /// <summary>The wait while there are fewer than 20 recent first tokens to learn from.</summary>
    /// <value>0.05 to 60 s, default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan StartDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest wait.</summary>
    /// <value>0.05 to 60 s, default 0.25 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromSeconds(0.25);

    /// <summary>The longest wait.</summary>
    /// <value>0.05 to 60 s, default 3 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How large a share of the recent 100 answers may have a second request: what all of it may cost more.</summary>
    /// <value>0 to 1, default 0.15.</value>
    [Range(0.0, 1.0)]
    public double MaxShare { get; set; } = 0.15;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinDelay > MaxDelay)
            yield return new ValidationResult($"MinDelay ({MinDelay}) is longer than MaxDelay ({MaxDelay}); lower it, or give a MaxDelay of at least {MinDelay}.");
    }
}
