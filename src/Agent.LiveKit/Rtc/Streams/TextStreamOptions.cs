using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>How a text stream is sent.</summary>
public sealed record TextStreamOptions
{
    /// <summary>What the stream is about; receivers register for it, such as <c>lk.chat</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>What goes with the stream, by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Who receives it; everybody if empty.</summary>
    public IReadOnlyCollection<string> DestinationIdentities { get; init; } = [];

    /// <summary>The stream's identifier; one is made up if null.</summary>
    public string? StreamId { get; init; }

    /// <summary>The identifier of the stream that this one answers, or null.</summary>
    public string? ReplyToStreamId { get; init; }

    /// <summary>In whose name the text is sent, if not our own; the server lets agents do that, for captions of what others say.</summary>
    public string? SenderIdentity { get; init; }

    internal void Validate()
    {
        Guard.RequiredText(Topic);
        Guard.Map(Attributes);
        Guard.Identities(DestinationIdentities);
        if (StreamId is not null)
            Guard.RequiredText(StreamId);
        if (ReplyToStreamId is not null)
            Guard.RequiredText(ReplyToStreamId);
        if (SenderIdentity is not null)
            Guard.RequiredText(SenderIdentity);
    }

    internal Native.Protocol.StreamTextOptions ToMessage()
    {
        var message = new Native.Protocol.StreamTextOptions { Topic = Topic };
        foreach (var (key, value) in Attributes)
            message.Attributes[key] = value;
        message.DestinationIdentities.Add(DestinationIdentities);
        if (StreamId is not null)
            message.Id = StreamId;
        if (ReplyToStreamId is not null)
            message.ReplyToStreamId = ReplyToStreamId;
        if (SenderIdentity is not null)
            message.SenderIdentity = SenderIdentity;
        return message;
    }
}
