using System.Text;
using Agent.Providers.OpenAi.Speech.Segments;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>One segment on its way to text, or the place of a flush between segments.</summary>
internal sealed class TranscriptItem
{
    /// <summary>Whether this is no segment but the place of a flush.</summary>
    public bool IsFlush { get; init; }

    /// <summary>The vendor's name for it, once known.</summary>
    public string? Id { get; set; }

    /// <summary>Our name for the commit that ended it.</summary>
    public string? CommitId { get; set; }

    /// <summary>Where it lies in what was pushed.</summary>
    public SegmentSpan Span { get; set; }

    /// <summary>Whether its audio is complete.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>Whether the vendor has said that it took the commit.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Whether the vendor ended it because it believes that the turn is over.</summary>
    public bool EndsTurn { get; set; }

    /// <summary>The words so far.</summary>
    public StringBuilder Words { get; } = new();

    /// <summary>How many characters of <see cref="Words"/> have been told.</summary>
    public int Told { get; set; }

    /// <summary>All words, when nothing more will change.</summary>
    public string? Final { get; set; }

    /// <summary>The language heard.</summary>
    public string? Language { get; set; }
}
