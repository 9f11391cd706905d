using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Agent.DevServer.Rooms;
using Agent.WebRtc;
using Agent.WebRtc.Dtls;
using Agent.WebRtc.Native;

namespace Agent.DevServer.Media;

/// <summary>The one UDP socket that carries all media and data: hands each datagram to the loop of the room that it belongs to.</summary>
internal sealed class MediaSocket : IAsyncDisposable
{
    /// <summary>The largest datagram that is read; WebRTC stays under 1,500 bytes.</summary>
    private const int MaxDatagramBytes = 2048;

    /// <summary>Work that may wait in a room before datagrams for it are dropped: about a second of a full room's audio.</summary>
    private const int MaxBacklog = 8192;

    private readonly Socket _socket;
    private readonly PeerDemux _demux = new();
    private readonly ConcurrentDictionary<PeerConnection, MediaPeer> _peers = new();
    private readonly DtlsCertificate _certificate;
    private readonly EmbeddedServerCounters _counters;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _receiving;
    private readonly ThreadLocal<SocketAddress> _sendAddress;

    private MediaSocket(Socket socket, MediaClock clock, EmbeddedServerCounters counters, ILogger logger)
    {
        _socket = socket;
        _counters = counters;
        _logger = logger;
        Clock = clock;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _certificate = DtlsCertificate.Create(clock.Origin);
        _sendAddress = new ThreadLocal<SocketAddress>(() => EndPoint.Serialize());
        _receiving = Task.Run(ReceiveAsync);
    }

    public IPEndPoint EndPoint { get; }

    public MediaClock Clock { get; }

    /// <exception cref="EmbeddedServerException">The port cannot be had, or a native library is missing.</exception>
    public static MediaSocket Open(IPEndPoint endPoint, MediaClock clock, EmbeddedServerCounters counters, ILogger logger)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = 1024 * 1024,
            SendBufferSize = 1024 * 1024,
        };
        try
        {
            socket.Bind(endPoint);
            return new MediaSocket(socket, clock, counters, logger);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new EmbeddedServerException($"The media port {endPoint} (UDP) cannot be opened: {e.Message}. Another server may be running; choose another port (--media-port).", e);
        }
        catch (NativeLibraryException e)
        {
            socket.Dispose();
            throw new EmbeddedServerException(e.Message, e);
        }
    }

    public PeerConnectionOptions CreateOptions() => new()
    {
        Certificate = _certificate,
        Role = PeerRole.Server,
        HostAddresses = HostAddresses(),
        TimeOrigin = Clock.Origin,
    };

    public void Add(MediaPeer peer)
    {
        _peers[peer.Connection] = peer;
        _demux.Add(peer.Connection);
    }

    public void Remove(MediaPeer peer)
    {
        _demux.Remove(peer.Connection);
        _peers.TryRemove(peer.Connection, out _);
    }

    public void Send(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        var address = _sendAddress.Value!;
        remote.WriteTo(address);
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, address);
        }
        catch (SocketException e)
        {
            // The network is allowed to lose packets; a client that is gone is noticed by its silence.
            _counters.CountDroppedDatagram();
            MediaLog.SendFailed(_logger, remote, e.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            // The server stops.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _certificate.Dispose();
        _stopping.Dispose();
        _sendAddress.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var from = EndPoint.Serialize();
        var buffer = new byte[MaxDatagramBytes];
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _stopping.Token);
                Dispatch(buffer.AsSpan(0, length), from);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                // An earlier datagram met a closed port; that is its receiver's business.
                MediaLog.ReceiveFailed(_logger, e.SocketErrorCode);
            }
            catch (Exception e)
            {
                // One datagram must not end the reception of all others.
                _counters.CountInternalError();
                MediaLog.DispatchFailed(_logger, e);
            }
        }
    }

    private void Dispatch(ReadOnlySpan<byte> datagram, SocketAddress from)
    {
        if (!TransportAddress.TryFrom(from, out var remote)
            || _demux.Route(datagram, remote) is not { } connection
            || !_peers.TryGetValue(connection, out var peer)
            || peer.Loop.Backlog > MaxBacklog)
        {
            _counters.CountDroppedDatagram();
            MediaLog.Dropped(_logger, remote, datagram.Length);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent(datagram.Length);
        datagram.CopyTo(copy);
        if (!peer.Loop.Post(new RoomWork(peer, copy, datagram.Length, remote)))
            ArrayPool<byte>.Shared.Return(copy);
    }

    private IPEndPoint[] HostAddresses() =>
        EndPoint.Address.Equals(IPAddress.Any) || EndPoint.Address.Equals(IPAddress.IPv6Any)
            ? [.. LocalAddresses.All(EndPoint.AddressFamily).Select(address => new IPEndPoint(address, EndPoint.Port))]
            : [EndPoint];
}
