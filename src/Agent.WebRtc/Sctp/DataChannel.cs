using System.Buffers;

namespace Agent.WebRtc.Sctp;

/// <summary>A data channel (RFC 8831).</summary>
public sealed class DataChannel
{
    private readonly DataChannels _owner;
    private readonly Queue<(byte[] Buffer, int Length, uint Protocol)> _waiting = new();

    internal DataChannel(DataChannels owner, string label, DataChannelOptions options)
    {
        _owner = owner;
        Label = label;
        Options = options;
    }

    /// <summary>Its label.</summary>
    public string Label { get; }

    /// <summary>How it delivers.</summary>
    public DataChannelOptions Options { get; }

    /// <summary>Whether messages can be sent now.</summary>
    public bool IsOpen => State == DataChannelState.Open;

    /// <summary>Bytes of messages that wait because the transport's own buffer is full.</summary>
    public long BufferedAmount { get; private set; }

    /// <summary>The amount at which <see cref="IPeerConnectionHandler.BufferedAmountLow"/> is called.</summary>
    /// <value>Bytes, default 0.</value>
    public long BufferedAmountLowThreshold { get; set; }

    /// <summary>Anything its owner wants to find again in the callbacks.</summary>
    public object? Tag { get; set; }

    internal ushort? StreamId { get; set; }

    internal DataChannelState State { get; set; }

    internal bool HasWaiting => _waiting.Count > 0;

    /// <summary>Sends a message; it is copied.</summary>
    /// <param name="message">The message, at most the remote side's <c>max-message-size</c>.</param>
    /// <param name="isText">Whether it is a string (UTF-8).</param>
    /// <param name="now">The time.</param>
    /// <returns>False when the channel is not open, the message too large or the buffer full.</returns>
    public bool Send(ReadOnlySpan<byte> message, bool isText, TimeSpan now) => _owner.Send(this, message, isText, now);

    /// <summary>Closes the channel in both directions once what waits was sent (RFC 8831, section 6.7).</summary>
    /// <param name="now">The time.</param>
    public void Close(TimeSpan now) => _owner.Close(this, now);

    internal void Enqueue(ReadOnlySpan<byte> message, uint protocol)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(buffer);
        _waiting.Enqueue((buffer, message.Length, protocol));
        BufferedAmount += message.Length;
    }

    internal bool TryPeek(out ReadOnlySpan<byte> message, out uint protocol)
    {
        var found = _waiting.TryPeek(out var first);
        message = found ? first.Buffer.AsSpan(0, first.Length) : default;
        protocol = first.Protocol;
        return found;
    }

    /// <returns>Whether the amount buffered fell to the threshold by this.</returns>
    internal bool Dequeue()
    {
        var (buffer, length, _) = _waiting.Dequeue();
        ArrayPool<byte>.Shared.Return(buffer);
        var before = BufferedAmount;
        BufferedAmount -= length;
        return before > BufferedAmountLowThreshold && BufferedAmount <= BufferedAmountLowThreshold;
    }

    internal void DropWaiting()
    {
        while (HasWaiting) Dequeue();
    }
}
