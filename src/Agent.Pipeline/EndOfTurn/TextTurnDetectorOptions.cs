using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.EndOfTurn;

/// <summary>How <see cref="TextTurnDetector"/> judges.</summary>
public sealed class TextTurnDetectorOptions
{
    /// <summary>The probability from which a turn counts as finished.</summary>
    /// <value>0 to 1, default 0.5.</value>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = 0.5;

    /// <summary>The language of turns whose language the recogniser does not say, as a BCP 47 tag; null has no opinion on them.</summary>
    /// <value>Default <c>en</c>.</value>
    public string? DefaultLanguage { get; set; } = "en";

    /// <summary>A directory with language files of one's own (<c>en.json</c>, <c>fr.json</c> …), which win over those that come with the library; null for none.</summary>
    /// <value>Default null.</value>
    public string? LanguageDirectory { get; set; }
}
