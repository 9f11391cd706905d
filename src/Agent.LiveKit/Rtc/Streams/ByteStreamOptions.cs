using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>How a byte stream is sent.</summary>
public sealed record ByteStreamOptions
{
    /// <summary>What the stream is about; receivers register for it, such as <c>files</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>What goes with the stream, by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Who receives it; everybody if empty.</summary>
    public IReadOnlyCollection<string> DestinationIdentities { get; init; } = [];

    /// <summary>The stream's identifier; one is made up if null.</summary>
    public string? StreamId { get; init; }

    /// <summary>The file's name.</summary>
    /// <value>Default "unknown".</value>
    public string Name { get; init; } = "unknown";

    /// <summary>The content's type.</summary>
    /// <value>Default application/octet-stream.</value>
    public string MimeType { get; init; } = "application/octet-stream";

    /// <summary>Bytes in all, if they are known before.</summary>
    public long? TotalLength { get; init; }

    internal void Validate()
    {
        Guard.RequiredText(Topic);
        Guard.Map(Attributes);
        Guard.Identities(DestinationIdentities);
        if (StreamId is not null)
            Guard.RequiredText(StreamId);
        Guard.RequiredText(Name);
        Guard.RequiredText(MimeType);
        if (TotalLength is { } length)
            Guard.InRange(length, 0, long.MaxValue, nameof(TotalLength));
    }

    internal Native.Protocol.StreamByteOptions ToMessage()
    {
        var message = new Native.Protocol.StreamByteOptions { Topic = Topic, Name = Name, MimeType = MimeType };
        foreach (var (key, value) in Attributes)
            message.Attributes[key] = value;
        message.DestinationIdentities.Add(DestinationIdentities);
        if (StreamId is not null)
            message.Id = StreamId;
        if (TotalLength is { } length)
            message.TotalLength = (ulong)length;
        return message;
    }
}
