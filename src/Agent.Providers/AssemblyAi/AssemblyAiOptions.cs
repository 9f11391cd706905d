using System.ComponentModel.DataAnnotations;
using Agent.Providers.Vendors;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// Settings of AssemblyAI's streaming recogniser, in the configuration section <c>Providers:AssemblyAi</c>. The service's own defaults hold where a value is null.
/// Those of turns and <see cref="KeytermsPrompt"/> reach running sessions too when the configuration is reloaded.
/// </summary>
public sealed class AssemblyAiOptions : VendorOptions
{
    /// <summary>How sure the service has to be that the speaker has finished, before it ends the turn after <see cref="MinTurnSilence"/>; 1 leaves it to silence alone, 0 ends the turn at each short silence.</summary>
    /// <value>0 to 1; default null: the service's own, 0.4.</value>
    [Range(0.0, 1.0)]
    public double? EndOfTurnConfidenceThreshold { get; set; }

    /// <summary>Silence after which a turn ends whose end is sure.</summary>
    /// <value>0 to 10 s; default null: the service's own, 0.4 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan? MinTurnSilence { get; set; }

    /// <summary>Silence after which any turn ends.</summary>
    /// <value>0 to 30 s; default null: the service's own, 1.28 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan? MaxTurnSilence { get; set; }

    /// <summary>Below which confidence sound counts as silence; higher for noisy rooms.</summary>
    /// <value>0 to 1; default null: the service's own, 0.4.</value>
    [Range(0.0, 1.0)]
    public double? VadThreshold { get; set; }

    /// <summary>Whether finals have punctuation, case and written numbers. They come later; a language model needs none of it.</summary>
    /// <value>Default false.</value>
    public bool FormatTurns { get; set; }

    /// <summary>How long a final waits for its formatted form before it is given as it is.</summary>
    /// <value>0.05 to 5 s, default 0.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:05")]
    public TimeSpan FormattingTimeout { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Words and phrases to expect: names, products.</summary>
    /// <value>Up to 100; default none.</value>
    [MaxLength(100)]
    public IReadOnlyList<string> KeytermsPrompt { get; set; } = [];

    /// <summary>Whether the language is detected and told, by models of several languages.</summary>
    /// <value>Default true.</value>
    public bool LanguageDetection { get; set; } = true;

    /// <summary>How long audio one message carries.</summary>
    /// <value>0.05 to 1 s, as the service demands; default 0.05 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    public TimeSpan Chunk { get; set; } = TimeSpan.FromSeconds(0.05);

    /// <summary>How long the last words are awaited after a flush when none of the turn have come; the service is silent where it has heard nothing.</summary>
    /// <value>0.1 to 5 s, default 0.7 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:05")]
    public TimeSpan FlushTimeout { get; set; } = TimeSpan.FromSeconds(0.7);

    /// <summary>How long before the service would end a session, at most three hours old, a new one takes its place; at the next pause between turns.</summary>
    /// <value>1 s to 30 min, default 2 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromMinutes(2);
}
