namespace Agent.WebRtc.Sctp;

/// <summary>A data channel (RFC 8831).</summary>
public sealed class DataChannel
{
    internal DataChannel(string label, DataChannelOptions options)
    {
        Label = label;
        Options = options;
    }

    /// <summary>Its label.</summary>
    public string Label { get; }

    /// <summary>How it delivers.</summary>
    public DataChannelOptions Options { get; }

    /// <summary>Whether messages can be sent now.</summary>
    public bool IsOpen { get; internal set; }

    /// <summary>Bytes of messages that wait to be handed to the transport.</summary>
    public long BufferedAmount { get; internal set; }

    /// <summary>The amount at which <see cref="IPeerConnectionHandler.BufferedAmountLow"/> is called.</summary>
    /// <value>Bytes, default 0.</value>
    public long BufferedAmountLowThreshold { get; set; }

    /// <summary>Anything its owner wants to find again in the callbacks.</summary>
    public object? Tag { get; set; }

    /// <summary>Sends a message; it is copied.</summary>
    /// <param name="message">The message, at most the remote side's <c>max-message-size</c>.</param>
    /// <param name="isText">Whether it is a string (UTF-8).</param>
    /// <param name="now">The time.</param>
    /// <returns>False when the channel is not open, the message too large or the buffer full.</returns>
    public bool Send(ReadOnlySpan<byte> message, bool isText, TimeSpan now) => throw new NotSupportedException("Being written.");

    /// <summary>Closes the channel in both directions (RFC 8831, section 6.7).</summary>
    /// <param name="now">The time.</param>
    public void Close(TimeSpan now) => throw new NotSupportedException("Being written.");
}
