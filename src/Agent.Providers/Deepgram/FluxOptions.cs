using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.Deepgram;

/// <summary>Settings of Flux, in the configuration section <c>Providers:Deepgram:Flux</c>.</summary>
public sealed class FluxOptions
{
    /// <summary>How sure the model must be that the turn has ended.</summary>
    /// <value>0.5 to 1.0, where 1.0 never ends one by itself; default null: the vendor's 0.7.</value>
    [Range(0.5, 1.0)]
    public double? EndOfTurnThreshold { get; set; }

    /// <summary>How sure the model must be to settle the words early, so that an answer can be prepared; it may take that back.</summary>
    /// <value>0.3 to 0.9; default null: never.</value>
    [Range(0.3, 0.9)]
    public double? EagerEndOfTurnThreshold { get; set; }

    /// <summary>The silence that ends a turn however unsure the model is.</summary>
    /// <value>0.5 to 60 s; default null: the vendor's 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan? EndOfTurnTimeout { get; set; }

    /// <summary>Languages to expect, with <c>flux-general-multi</c>; a variant in the provider's name goes before these.</summary>
    /// <value>Default none: any of the model's languages.</value>
    public IList<string> LanguageHints { get; } = [];
}
