using System.Collections.Frozen;

namespace Agent.LiveKit.Rtc;

/// <summary>What is known of a text stream from its first packet.</summary>
/// <param name="StreamId">The stream's identifier.</param>
/// <param name="Topic">What the stream is about.</param>
/// <param name="Timestamp">When it was opened, by the sender's clock.</param>
/// <param name="Attributes">What goes with it, by key.</param>
/// <param name="TotalLength">Bytes in all, if the sender knows.</param>
/// <param name="ReplyToStreamId">The stream that this one answers, or null.</param>
public sealed record TextStreamInfo(
    string StreamId, string Topic, DateTimeOffset Timestamp, IReadOnlyDictionary<string, string> Attributes, long? TotalLength, string? ReplyToStreamId)
{
    internal static TextStreamInfo From(Native.Protocol.TextStreamInfo info) => new(
        info.StreamId,
        info.Topic,
        StreamTime.From(info.Timestamp),
        info.Attributes.ToFrozenDictionary(StringComparer.Ordinal),
        info.HasTotalLength ? (long)info.TotalLength : null,
        info.HasReplyToStreamId ? info.ReplyToStreamId : null);
}
