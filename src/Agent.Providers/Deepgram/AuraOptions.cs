using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.Deepgram;

/// <summary>Settings of Aura's voices, in the configuration section <c>Providers:Deepgram:Aura</c>.</summary>
public sealed class AuraOptions
{
    /// <summary>Samples per second of the sound.</summary>
    /// <value>8,000, 16,000, 24,000, 32,000 or 48,000; default 24,000, the rate at which rooms are spoken to.</value>
    [AllowedValues(8_000, 16_000, 24_000, 32_000, 48_000)]
    public int SampleRateHz { get; set; } = 24_000;

    /// <summary>How fast the voice speaks, relative to its own pace; Aura-2 only.</summary>
    /// <value>0.7 to 1.5; default null: the voice's own.</value>
    [Range(0.7, 1.5)]
    public double? Speed { get; set; }

    /// <summary>How many connections may lie open and unused.</summary>
    /// <value>1 to 100, default 4.</value>
    [Range(1, 100)]
    public int IdleConnections { get; set; } = 4;

    /// <summary>How long the vendor may take to confirm that an interrupted utterance is cleared before the connection is given up.</summary>
    /// <value>0.05 to 10 s, default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")]
    public TimeSpan ClearTimeout { get; set; } = TimeSpan.FromSeconds(1);
}
