using System.Text;

namespace Agent.WebRtc.Sctp;

/// <summary>The data channels of one connection over one SCTP association (RFC 8831, RFC 8832).</summary>
internal sealed class DataChannels(PeerConnection peer, PeerTransport transport) : ISctpAssociationHandler, IDisposable
{
    private const ushort LocalPort = Sdp.LocalDescriptionWriter.SctpPort;

    // usrsctp's timers matter while something is under way; afterwards only its half-minute heartbeats do.
    private static readonly TimeSpan IdleInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ActiveTime = TimeSpan.FromSeconds(2);
    private readonly Dictionary<ushort, DataChannel> _byStream = [];
    private readonly List<DataChannel> _pendingResets = [];
    private SctpAssociation? _association;
    private long _remoteMaxMessageSize;
    private long _buffered;
    private int _streams;
    private TimeSpan _activeUntil;

    public List<DataChannel> All { get; } = [];

    public TimeSpan? NextTimeout { get; private set; }

    private bool IsUp => _association is { IsUp: true };

    /// <summary>Starts the association once DTLS is there and a description agreed on data.</summary>
    public void Start(int remotePort, long remoteMaxMessageSize, TimeSpan now)
    {
        _remoteMaxMessageSize = remoteMaxMessageSize == 0 ? long.MaxValue : remoteMaxMessageSize;
        if (_association is not null || !transport.IsDtlsConnected) return;
        _association = new SctpAssociation(LocalPort, (ushort)remotePort, this);
        Active(now);
        _association.Connect();
    }

    public DataChannel Create(string label, DataChannelOptions options, TimeSpan now)
    {
        if (Encoding.UTF8.GetByteCount(label) > DcepMessage.MaxTextBytes)
            throw new ArgumentException($"A label has at most {DcepMessage.MaxTextBytes} bytes of UTF-8, not {Encoding.UTF8.GetByteCount(label)}.", nameof(label));
        if (options.MaxRetransmits is not null && options.MaxLifetime is not null)
            throw new ArgumentException("A channel is limited by retransmissions or by lifetime, not by both.", nameof(options));
        var channel = new DataChannel(this, label, options);
        All.Add(channel);
        Active(now);
        if (IsUp) Announce(channel);
        return channel;
    }

    public void HandlePacket(ReadOnlySpan<byte> packet, TimeSpan now)
    {
        if (_association is null)
        {
            peer.Counters.DroppedSctpMalformed++;
            return;
        }

        Active(now);
        _association.HandlePacket(packet);
    }

    public void HandleTimeout(TimeSpan now)
    {
        if (_association is null || NextTimeout is null || now < NextTimeout) return;
        NextTimeout = now + (now < _activeUntil || _pendingResets.Count > 0 ? SctpAssociation.TimerInterval : IdleInterval);
        _association.HandleTimers();
        RetryResets();
    }

    public bool Send(DataChannel channel, ReadOnlySpan<byte> message, bool isText, TimeSpan now)
    {
        if (channel.State != DataChannelState.Open || message.Length > _remoteMaxMessageSize) return false;
        var protocol = (isText, message.IsEmpty) switch
        {
            (true, false) => PayloadProtocol.Text,
            (true, true) => PayloadProtocol.EmptyText,
            (false, false) => PayloadProtocol.Binary,
            (false, true) => PayloadProtocol.EmptyBinary,
        };
        if (message.IsEmpty) message = [0];
        Active(now);
        if (!channel.HasWaiting)
        {
            var result = Transmit(channel, message, protocol);
            if (result != SctpSendResult.BufferFull) return result == SctpSendResult.Accepted;
        }

        if (_buffered + message.Length > peer.Options.MaxBufferedAmount) return false;
        _buffered += message.Length;
        channel.Enqueue(message, protocol);
        return true;
    }

    public void Close(DataChannel channel, TimeSpan now)
    {
        Active(now);
        switch (channel.State)
        {
            case DataChannelState.Open:
                channel.State = DataChannelState.Closing;
                if (!channel.HasWaiting) Reset(channel);
                break;
            case DataChannelState.Opening when channel.StreamId is null:
                Closed(channel);
                break;
            case DataChannelState.Opening:
                channel.State = DataChannelState.Closing;
                Reset(channel);
                break;
        }
    }

    public void Dispose()
    {
        NextTimeout = null;
        foreach (var channel in All) channel.DropWaiting();
        _association?.Dispose();
    }

    void ISctpAssociationHandler.SendPacket(ReadOnlySpan<byte> packet) => transport.SendData(packet);

    void ISctpAssociationHandler.AssociationUp(int outgoingStreams)
    {
        _streams = outgoingStreams;
        foreach (var channel in All.ToArray())
        {
            if (channel is { State: DataChannelState.Opening, StreamId: null }) Announce(channel);
        }
    }

    void ISctpAssociationHandler.AssociationLost()
    {
        NextTimeout = null;
        foreach (var channel in All.ToArray()) Closed(channel);
    }

    void ISctpAssociationHandler.MessageReceived(ushort streamId, uint payloadProtocol, ReadOnlySpan<byte> message)
    {
        if (payloadProtocol == PayloadProtocol.Control)
        {
            HandleControl(streamId, message);
            return;
        }

        if (!_byStream.TryGetValue(streamId, out var channel) || channel.State == DataChannelState.Closed || message.Length > peer.Options.MaxMessageSize)
        {
            peer.Counters.DroppedDataMessage++;
            return;
        }

        Opened(channel); // data says as much as a confirmation
        switch (payloadProtocol)
        {
            case PayloadProtocol.Text:
            case PayloadProtocol.Binary:
                peer.Handler.DataReceived(peer, channel, message, isText: payloadProtocol == PayloadProtocol.Text);
                break;
            case PayloadProtocol.EmptyText:
            case PayloadProtocol.EmptyBinary:
                peer.Handler.DataReceived(peer, channel, [], isText: payloadProtocol == PayloadProtocol.EmptyText);
                break;
            default:
                peer.Counters.DroppedDataMessage++;
                break;
        }
    }

    void ISctpAssociationHandler.MessageDropped(ushort streamId) => peer.Counters.DroppedDataMessage++;

    void ISctpAssociationHandler.IncomingStreamReset(ushort streamId)
    {
        if (!_byStream.TryGetValue(streamId, out var channel)) return;
        channel.DropWaiting();
        if (channel.State is DataChannelState.Open or DataChannelState.Opening or DataChannelState.Closing) Reset(channel);
        Closed(channel);
    }

    void ISctpAssociationHandler.OutgoingStreamReset(ushort streamId)
    {
        if (_byStream.TryGetValue(streamId, out var channel) && channel.State is DataChannelState.Resetting or DataChannelState.Closed)
            _byStream.Remove(streamId);
        if (channel is not null) Closed(channel);
    }

    void ISctpAssociationHandler.Writable()
    {
        foreach (var channel in All.ToArray())
        {
            if (!Flush(channel)) return;
        }
    }

    private void Active(TimeSpan now)
    {
        if (_association is null) return;
        _activeUntil = now + ActiveTime;
        var soon = now + SctpAssociation.TimerInterval;
        if (NextTimeout is null || soon < NextTimeout) NextTimeout = soon;
    }

    /// <returns>False when the transport's buffer is full again.</returns>
    private bool Flush(DataChannel channel)
    {
        while (channel.TryPeek(out var message, out var protocol))
        {
            if (Transmit(channel, message, protocol) == SctpSendResult.BufferFull) return false;
            _buffered -= message.Length;
            if (channel.Dequeue() && channel.IsOpen) peer.Handler.BufferedAmountLow(peer, channel);
        }

        if (channel.State == DataChannelState.Closing) Reset(channel);
        return true;
    }

    private SctpSendResult Transmit(DataChannel channel, ReadOnlySpan<byte> message, uint protocol) =>
        _association is null || channel.StreamId is not { } stream
            ? SctpSendResult.Refused
            : _association.Send(stream, protocol, message, channel.Options.Ordered, channel.Options.MaxRetransmits, channel.Options.MaxLifetime);

    private void HandleControl(ushort streamId, ReadOnlySpan<byte> message)
    {
        if (message is [DcepMessage.Ack] && _byStream.TryGetValue(streamId, out var ours))
        {
            Opened(ours);
            return;
        }

        if (_byStream.ContainsKey(streamId) || !DcepMessage.TryReadOpen(message, out var label, out var options))
        {
            peer.Counters.DroppedDataMessage++;
            return;
        }

        var channel = new DataChannel(this, label, options) { StreamId = streamId };
        _byStream[streamId] = channel;
        All.Add(channel);
        _association?.Send(streamId, PayloadProtocol.Control, [DcepMessage.Ack], ordered: true);
        Opened(channel);
    }

    /// <summary>The side that started DTLS uses even stream numbers, the other odd ones (RFC 8832, section 6).</summary>
    private void Announce(DataChannel channel)
    {
        for (var stream = transport.IsDtlsClient == true ? 0 : 1; stream < _streams; stream += 2)
        {
            if (_byStream.ContainsKey((ushort)stream)) continue;
            channel.StreamId = (ushort)stream;
            _byStream[(ushort)stream] = channel;
            _association!.Send((ushort)stream, PayloadProtocol.Control, DcepMessage.WriteOpen(channel.Label, channel.Options), ordered: true);
            return;
        }

        Closed(channel);
    }

    private void Opened(DataChannel channel)
    {
        if (channel.State != DataChannelState.Opening) return;
        channel.State = DataChannelState.Open;
        peer.Handler.DataChannelOpened(peer, channel);
    }

    private void Reset(DataChannel channel)
    {
        channel.State = DataChannelState.Resetting;
        if (!TryReset(channel)) _pendingResets.Add(channel);
    }

    private bool TryReset(DataChannel channel) => _association is null || channel.StreamId is not { } stream || _association.ResetStream(stream);

    private void RetryResets()
    {
        if (_pendingResets.Count > 0) _pendingResets.RemoveAll(TryReset);
    }

    private void Closed(DataChannel channel)
    {
        if (channel.State == DataChannelState.Closed) return;
        channel.State = DataChannelState.Closed;
        _buffered -= channel.BufferedAmount;
        channel.DropWaiting();
        All.Remove(channel);
        peer.Handler.DataChannelClosed(peer, channel);
    }
}
