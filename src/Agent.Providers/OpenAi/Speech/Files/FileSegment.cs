using System.Threading.Channels;
using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Segments;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>A segment whose text is asked for, or the place of a flush between segments.</summary>
internal sealed class FileSegment
{
    private FileSegment(SegmentSound? sound, SegmentSpan span)
    {
        Sound = sound;
        Span = span;
    }

    /// <summary>Its samples; null for a flush.</summary>
    public SegmentSound? Sound { get; }

    /// <summary>Where it lies in what was pushed.</summary>
    public SegmentSpan Span { get; }

    /// <summary>What comes of it.</summary>
    public Channel<Transcript> Results { get; } = Channel.CreateUnbounded<Transcript>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>Ends when everything has come of it.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>The place of a flush.</summary>
    public static FileSegment Flush() => new(sound: null, default);

    /// <summary>A segment.</summary>
    public static FileSegment Of(SegmentSound sound, SegmentSpan span) => new(sound, span);
}
