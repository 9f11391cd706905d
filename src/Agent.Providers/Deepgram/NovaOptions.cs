using System.ComponentModel.DataAnnotations;
using Agent.Providers.Catalog;

namespace Agent.Providers.Deepgram;

/// <summary>Settings of Nova and the other models of <c>/v1/listen</c>, in the configuration section <c>Providers:Deepgram:Nova</c>.</summary>
public sealed class NovaOptions
{
    /// <summary>The language spoken where the provider's name has no variant, e.g. <c>en-US</c> or <c>multi</c>.</summary>
    /// <value>Default <c>en</c>.</value>
    [Required]
    [RegularExpression($"^(?:{LanguageTag.Pattern}|multi)$", ErrorMessage = "a language such as en or de-CH, or multi")]
    public string Language { get; set; } = "en";

    /// <summary>Whether numbers, dates, amounts and the like are written as people write them.</summary>
    /// <value>Default true.</value>
    public bool SmartFormat { get; set; } = true;

    /// <summary>Whether punctuation and capitals are written.</summary>
    /// <value>Default true.</value>
    public bool Punctuate { get; set; } = true;

    /// <summary>Whether "uh" and "um" are written.</summary>
    /// <value>Default false.</value>
    public bool FillerWords { get; set; }

    /// <summary>Whether profanity is left out.</summary>
    /// <value>Default false.</value>
    public bool ProfanityFilter { get; set; }

    /// <summary>Whether the recogniser's own pauses end turns (<c>speech_final</c> and <c>UtteranceEnd</c>), for sessions whose turn detection is <c>stt</c>.</summary>
    /// <value>Default false: the session's voice activity and end-of-turn detection decide.</value>
    public bool EndOfTurn { get; set; }

    /// <summary>The silence after which a segment is made final without being asked.</summary>
    /// <value>10 ms to 10 s; default null: 300 ms with <see cref="EndOfTurn"/>, else never, as the session asks at each pause.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:10")]
    public TimeSpan? Endpointing { get; set; }

    /// <summary>The gap between words that ends a turn where background noise hides the silence.</summary>
    /// <value>1 to 5 s, default 1 s; used with <see cref="EndOfTurn"/> only.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:05")]
    public TimeSpan UtteranceEnd { get; set; } = TimeSpan.FromSeconds(1);
}
