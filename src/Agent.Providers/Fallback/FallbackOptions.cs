using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.Fallback;

/// <summary>How lists of providers behave; in the configuration section <c>Providers:Fallback</c>.</summary>
public sealed class FallbackOptions
{
    /// <summary>How long one provider of a list may take until it has given a connection, the first sound or the first word, repetitions of its own included, before the next is tried. A language model that is late goes on beside the next, and the first of them to speak answers.</summary>
    /// <value>0.1 to 60 s, default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after a failure a provider that was put aside is tried for the first time; the pause doubles with each try that fails, and each time that it fails again within <see cref="MaxProbeDelay"/> after it was well.</summary>
    /// <value>0.1 to 600 s, default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ProbeDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause between two tries; also the pause where the vendor refuses a key or an account, which rarely changes soon.</summary>
    /// <value>0.1 to 3,600 s, default 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MaxProbeDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one try in the background may take.</summary>
    /// <value>0.1 to 60 s, default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
