using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Agent.WebRtc.Sctp.Native;

namespace Agent.WebRtc.Sctp;

/// <summary>
/// One SCTP association over DTLS (RFC 8261), carried by usrsctp in user space: packets in, packets and messages out.
/// </summary>
/// <remarks>
/// One caller at a time. usrsctp's callbacks come while it holds its own locks, sometimes on another association's thread; they only
/// enqueue, and each public call ends by handing the queue to the handler, which may call back in.
/// usrsctp's clock is the machine's: call <see cref="HandleTimers"/> every <see cref="TimerInterval"/> while the association lives.
/// </remarks>
internal sealed unsafe class SctpAssociation : IDisposable
{
    /// <summary>The largest message that is put together, in bytes; what we say in <c>a=max-message-size</c>.</summary>
    internal const int MaxMessageBytes = 256 * 1024;

    internal const int SendBufferBytes = 2 * 1024 * 1024;
    internal const int ReceiveBufferBytes = 2 * 1024 * 1024;

    /// <summary>How often the timers want to run; usrsctp's own granularity is 10 ms.</summary>
    internal static readonly TimeSpan TimerInterval = TimeSpan.FromMilliseconds(20);

    private const ushort Streams = 1024;

    // 1,200 bytes of UDP payload less a DTLS record's 13 + 8 + 16, as every WebRTC implementation assumes of a path.
    private const uint PathMtu = 1_160;

    private readonly ISctpAssociationHandler _handler;
    private readonly ushort _remotePort;
    private readonly ConcurrentQueue<SctpEvent> _events = new();
    private readonly Dictionary<ushort, ArrayBufferWriter<byte>> _partial = [];
    private readonly HashSet<ushort> _oversized = [];
    private readonly nint _number;
    private readonly SctpSocketHandle _socket;
    private bool _draining;
    private bool _disposed;

    /// <summary>Opens the association's socket; nothing is sent before <see cref="Connect"/>.</summary>
    /// <exception cref="WebRtc.Native.NativeLibraryException">usrsctp is not installed.</exception>
    internal SctpAssociation(ushort localPort, ushort remotePort, ISctpAssociationHandler handler)
    {
        _handler = handler;
        _remotePort = remotePort;
        _number = UsrsctpRuntime.Register(this);
        var socket = Usrsctp.OpenSocket(
            Usrsctp.AddressFamilyConn, Usrsctp.SocketTypeStream, Usrsctp.ProtocolSctp,
            &UsrsctpRuntime.Received, &UsrsctpRuntime.Writable, SendBufferBytes / 2, _number);
        _socket = new SctpSocketHandle(socket);
        if (_socket.IsInvalid)
        {
            UsrsctpRuntime.Unregister(_number);
            throw new InvalidOperationException($"usrsctp could not open a socket (errno {Marshal.GetLastPInvokeError()}).");
        }

        Configure();
        var address = Address(localPort);
        Require(Usrsctp.Bind(_socket, &address, (uint)sizeof(ConnAddress)), "bind");
    }

    /// <summary>Whether messages can be sent.</summary>
    internal bool IsUp { get; private set; }

    /// <summary>Starts the handshake; both sides do (RFC 8831, section 6.2: simultaneous opening is resolved by SCTP).</summary>
    internal void Connect()
    {
        var address = Address(_remotePort);
        if (Usrsctp.Connect(_socket, &address, (uint)sizeof(ConnAddress)) < 0 && Marshal.GetLastPInvokeError() != Usrsctp.ErrorInProgress)
            throw new InvalidOperationException($"usrsctp could not connect (errno {Marshal.GetLastPInvokeError()}).");
        Drain();
    }

    /// <summary>Takes a packet that came out of DTLS; a malformed one is dropped by usrsctp.</summary>
    internal void HandlePacket(ReadOnlySpan<byte> packet)
    {
        if (_disposed || packet.IsEmpty)
            return;
        fixed (byte* data = packet)
            Usrsctp.HandlePacket(_number, data, (nuint)packet.Length, 0);
        Drain();
    }

    /// <summary>Runs what is due.</summary>
    internal void HandleTimers()
    {
        if (_disposed)
            return;
        UsrsctpRuntime.HandleTimers();
        Drain();
    }

    /// <summary>Sends a message; it is copied. At most one of the two limits may be given.</summary>
    internal SctpSendResult Send(
        ushort streamId, uint payloadProtocol, ReadOnlySpan<byte> message, bool ordered, int? maxRetransmits = null, TimeSpan? maxLifetime = null)
    {
        if (_disposed || !IsUp)
            return SctpSendResult.Refused;
        var parameters = new SendParameters
        {
            Valid = Usrsctp.SpaSendInfoValid,
            StreamId = streamId,
            Flags = (ushort)(Usrsctp.SendEndOfRecord | (ordered ? 0 : Usrsctp.SendUnordered)),
            PayloadProtocolNetworkOrder = BinaryPrimitives.ReverseEndianness(payloadProtocol),
        };
        if (maxRetransmits is { } retransmits)
        {
            parameters.Valid |= Usrsctp.SpaPartialReliabilityValid;
            parameters.Policy = Usrsctp.PolicyRetransmits;
            parameters.PolicyValue = (uint)retransmits;
        }
        else if (maxLifetime is { } lifetime)
        {
            parameters.Valid |= Usrsctp.SpaPartialReliabilityValid;
            parameters.Policy = Usrsctp.PolicyLifetime;
            parameters.PolicyValue = (uint)lifetime.TotalMilliseconds;
        }

        nint sent;
        fixed (byte* data = message)
        {
            sent = Usrsctp.Send(
                _socket, data, (nuint)message.Length, null, 0, &parameters, (uint)sizeof(SendParameters), Usrsctp.SendInfoIsSpa, 0);
        }

        var error = sent < 0 ? Marshal.GetLastPInvokeError() : 0;
        Drain();
        if (sent >= 0)
            return SctpSendResult.Accepted;
        return error == Usrsctp.ErrorTryAgain ? SctpSendResult.BufferFull : SctpSendResult.Refused;
    }

    /// <summary>Tells the other side that nothing more is sent on this stream (RFC 6525). False when a reset is already under way: try again later.</summary>
    internal bool ResetStream(ushort streamId)
    {
        if (_disposed)
            return false;

        // struct sctp_reset_streams: association id (4), flags (2), number of streams (2), then the list.
        Span<byte> request = stackalloc byte[10];
        request.Clear();
        MemoryMarshal.Write(request[4..], Usrsctp.ResetOutgoing);
        MemoryMarshal.Write(request[6..], (ushort)1);
        MemoryMarshal.Write(request[8..], streamId);
        int result;
        fixed (byte* value = request)
            result = Usrsctp.SetOption(_socket, Usrsctp.ProtocolSctp, Usrsctp.OptionResetStreams, value, (uint)request.Length);
        Drain();
        return result == 0;
    }

    /// <summary>Aborts the association: the other side is told, nothing is waited for. Nothing is delivered after this.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        IsUp = false;
        _socket.Dispose();

        // The abort is in the queue; the rest of it has nobody to go to.
        while (_events.TryDequeue(out var e))
        {
            if (e.Kind == SctpEventKind.Packet)
                _handler.SendPacket(e.Buffer.AsSpan(0, e.Length));
            Return(e);
        }

        UsrsctpRuntime.Unregister(_number);
    }

    internal void EnqueuePacket(ReadOnlySpan<byte> packet) => _events.Enqueue(new SctpEvent(SctpEventKind.Packet, Copy(packet), packet.Length));

    internal void EnqueueWritable() => _events.Enqueue(new SctpEvent(SctpEventKind.Writable));

    internal void EnqueueReceived(ReadOnlySpan<byte> data, in ReceiveInfo info, int flags)
    {
        if ((flags & Usrsctp.MessageIsNotification) != 0)
        {
            EnqueueNotification(data);
            return;
        }

        _events.Enqueue(new SctpEvent(
            SctpEventKind.Message, Copy(data), data.Length, info.StreamId,
            BinaryPrimitives.ReverseEndianness(info.PayloadProtocolNetworkOrder), (flags & Usrsctp.MessageEndOfRecord) != 0));
    }

    private static byte[] Copy(ReadOnlySpan<byte> data)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, data.Length));
        data.CopyTo(buffer);
        return buffer;
    }

    private static void Return(in SctpEvent e)
    {
        if (e.Buffer is not null)
            ArrayPool<byte>.Shared.Return(e.Buffer);
    }

    private static void Require(int result, string what)
    {
        if (result != 0)
            throw new InvalidOperationException($"usrsctp refused {what} (errno {Marshal.GetLastPInvokeError()}).");
    }

    private void EnqueueNotification(ReadOnlySpan<byte> notification)
    {
        if (notification.Length < 12)
            return;
        switch (MemoryMarshal.Read<ushort>(notification))
        {
            case Usrsctp.NotifyAssociationChange when notification.Length >= 16:
                EnqueueAssociationChange(
                    state: MemoryMarshal.Read<ushort>(notification[8..]), outgoingStreams: MemoryMarshal.Read<ushort>(notification[12..]));
                break;
            case Usrsctp.NotifyStreamReset:
                EnqueueStreamReset(flags: MemoryMarshal.Read<ushort>(notification[2..]), streams: MemoryMarshal.Cast<byte, ushort>(notification[12..]));
                break;
        }
    }

    private void EnqueueAssociationChange(ushort state, ushort outgoingStreams)
    {
        if (state == Usrsctp.AssociationUp)
            _events.Enqueue(new SctpEvent(SctpEventKind.Up, StreamId: outgoingStreams));
        else if (state is Usrsctp.AssociationLost or Usrsctp.AssociationShutDown or Usrsctp.AssociationCannotStart)
            _events.Enqueue(new SctpEvent(SctpEventKind.Lost));
    }

    private void EnqueueStreamReset(ushort flags, ReadOnlySpan<ushort> streams)
    {
        foreach (var stream in streams)
        {
            if ((flags & Usrsctp.ResetIncoming) != 0 && (flags & (Usrsctp.ResetDenied | Usrsctp.ResetFailed)) == 0)
                _events.Enqueue(new SctpEvent(SctpEventKind.IncomingReset, StreamId: stream));
            if ((flags & Usrsctp.ResetOutgoing) != 0)
                _events.Enqueue(new SctpEvent(SctpEventKind.OutgoingReset, StreamId: stream));
        }
    }

    // A handler that calls back in finds the queue being handed out already, in order, by its caller.
    private void Drain()
    {
        if (_draining)
            return;
        _draining = true;
        try
        {
            while (!_disposed && _events.TryDequeue(out var e))
            {
                Deliver(e);
                Return(e);
            }
        }
        finally
        {
            _draining = false;
        }
    }

    private void Deliver(in SctpEvent e)
    {
        switch (e.Kind)
        {
            case SctpEventKind.Packet:
                _handler.SendPacket(e.Buffer.AsSpan(0, e.Length));
                break;
            case SctpEventKind.Message:
                DeliverMessage(e);
                break;
            case SctpEventKind.Up:
                IsUp = true;
                _handler.AssociationUp(e.StreamId);
                break;
            case SctpEventKind.Lost:
                IsUp = false;
                _handler.AssociationLost();
                break;
            case SctpEventKind.IncomingReset:
                _partial.Remove(e.StreamId);
                _handler.IncomingStreamReset(e.StreamId);
                break;
            case SctpEventKind.OutgoingReset:
                _handler.OutgoingStreamReset(e.StreamId);
                break;
            case SctpEventKind.Writable:
                _handler.Writable();
                break;
        }
    }

    // usrsctp hands out a large message in pieces; pieces of one stream are never mixed (RFC 6458, section 8.1.20, level 0 and 1).
    private void DeliverMessage(in SctpEvent e)
    {
        var piece = e.Buffer.AsSpan(0, e.Length);
        if (e.IsEnd && !_partial.ContainsKey(e.StreamId) && !_oversized.Contains(e.StreamId))
        {
            if (piece.Length > MaxMessageBytes)
                _handler.MessageDropped(e.StreamId);
            else
                _handler.MessageReceived(e.StreamId, e.PayloadProtocol, piece);
            return;
        }

        if (!_oversized.Contains(e.StreamId))
            Append(e.StreamId, piece);
        if (!e.IsEnd)
            return;
        if (_oversized.Remove(e.StreamId))
            _handler.MessageDropped(e.StreamId);
        else if (_partial.Remove(e.StreamId, out var whole))
            _handler.MessageReceived(e.StreamId, e.PayloadProtocol, whole.WrittenSpan);
    }

    private void Append(ushort streamId, ReadOnlySpan<byte> piece)
    {
        ref var whole = ref CollectionsMarshal.GetValueRefOrAddDefault(_partial, streamId, out _);
        whole ??= new ArrayBufferWriter<byte>();
        if (whole.WrittenCount + piece.Length <= MaxMessageBytes)
        {
            whole.Write(piece);
            return;
        }

        _partial.Remove(streamId);
        _oversized.Add(streamId);
    }

    private ConnAddress Address(ushort port) => new()
    {
        Family = Usrsctp.AddressFamilyConn,
        PortNetworkOrder = BinaryPrimitives.ReverseEndianness(port),
        Address = _number,
    };

    private void Configure()
    {
        Require(Usrsctp.SetNonBlocking(_socket, 1), "non-blocking mode");
        Set(Usrsctp.SocketLevel, Usrsctp.OptionLinger, new Linger { On = 1, Seconds = 0 });
        Set(Usrsctp.ProtocolSctp, Usrsctp.OptionNoDelay, 1);
        Set(Usrsctp.ProtocolSctp, Usrsctp.OptionInitMessage, new InitMessage { OutgoingStreams = Streams, IncomingStreams = Streams });
        Set(Usrsctp.ProtocolSctp, Usrsctp.OptionEnableStreamReset, new AssociationValue { Value = 1 });

        // The standard's minimum of one second makes a lost packet on a local path a pause that people notice.
        Set(Usrsctp.ProtocolSctp, Usrsctp.OptionRtoInfo, new RtoInfo { InitialMilliseconds = 500, MinimumMilliseconds = 200, MaximumMilliseconds = 10_000 });
        var path = new PeerAddressParameters { PathMtu = PathMtu, Flags = PeerAddressParameters.DisablePathMtuDiscovery };
        path.Address[0] = Usrsctp.AddressFamilyConn;
        Set(Usrsctp.ProtocolSctp, Usrsctp.OptionPeerAddressParameters, path);
        foreach (var type in (ReadOnlySpan<ushort>)[Usrsctp.NotifyAssociationChange, Usrsctp.NotifyStreamReset])
            Set(Usrsctp.ProtocolSctp, Usrsctp.OptionEvent, new EventSubscription { Type = type, On = 1 });
    }

    private void Set<T>(int level, int option, T value)
        where T : unmanaged =>
        Require(Usrsctp.SetOption(_socket, level, option, &value, (uint)sizeof(T)), $"option {level}/0x{option:x}");
}
