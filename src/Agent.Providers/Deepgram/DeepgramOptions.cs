using System.ComponentModel.DataAnnotations;
using Agent.Providers.Vendors;

namespace Agent.Providers.Deepgram;

/// <summary>Settings of Deepgram's recognisers and synthesizers, in the configuration section <c>Providers:Deepgram</c>.</summary>
public sealed class DeepgramOptions : VendorOptions
{
    /// <summary>Words and phrases that recognisers should expect, such as names of products; Nova-3 and Flux only.</summary>
    /// <value>Up to 100; default none.</value>
    [MaxLength(100)]
    public IList<string> Keyterms { get; } = [];

    /// <summary>Labels under which the vendor reports usage.</summary>
    /// <value>Default none.</value>
    public IList<string> Tags { get; } = [];

    /// <summary>Whether the vendor may not use what is said to improve its models.</summary>
    /// <value>Default false: the account's own setting.</value>
    public bool OptOutOfModelImprovement { get; set; }

    /// <summary>How long a recogniser may take to answer a flush before it counts as answered; the vendor does not promise an answer when little was said.</summary>
    /// <value>0.1 to 10 s, default 0.8 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan FlushTimeout { get; set; } = TimeSpan.FromSeconds(0.8);

    /// <summary>How much audio a recogniser may be given without a word from it before its connection counts as lost.</summary>
    /// <value>2 to 60 s, default 8 s.</value>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Nova and the other models of <c>/v1/listen</c>.</summary>
    [Required]
    public NovaOptions Nova { get; set; } = new();

    /// <summary>Flux, the models of <c>/v2/listen</c> that decide themselves when a turn has ended.</summary>
    [Required]
    public FluxOptions Flux { get; set; } = new();

    /// <summary>Aura, the voices of <c>/v1/speak</c>.</summary>
    [Required]
    public AuraOptions Aura { get; set; } = new();
}
