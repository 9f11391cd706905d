using Agent.DevServer.Rooms;
using Agent.Protocol;
using Agent.WebRtc;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Sdp;
using Agent.WebRtc.Tracks;

namespace Agent.DevServer.Media;

/// <summary>One of a participant's two peer connections, run on its room's loop: keeps its timer, and tells the room what happens on it.</summary>
internal sealed class MediaPeer : IPeerConnectionHandler, IDisposable
{
    private readonly MediaSocket _socket;
    private readonly IMediaPeerEvents _events;
    private readonly MediaClock _clock;
    private RoomTimer? _timer;
    private TimeSpan _timerDue = TimeSpan.MaxValue;
    private bool _offerAgain;
    private bool _disposed;

    public MediaPeer(SignalTarget target, RoomParticipant owner, RoomLoop loop, MediaSocket socket, IMediaPeerEvents events)
    {
        Target = target;
        Owner = owner;
        Loop = loop;
        _socket = socket;
        _events = events;
        _clock = socket.Clock;
        Connection = new PeerConnection(socket.CreateOptions(), this, _clock.Now);
        socket.Add(this);
    }

    public SignalTarget Target { get; }

    public RoomParticipant Owner { get; }

    public RoomLoop Loop { get; }

    public PeerConnection Connection { get; }

    public bool IsConnected => Connection.State == PeerConnectionState.Connected;

    /// <summary>The number of the last offer, which its answer repeats; 0 before the first.</summary>
    public uint OfferId { get; private set; }

    /// <summary>Whether an offer of ours waits for its answer.</summary>
    public bool AwaitsAnswer { get; private set; }

    /// <exception cref="SdpException">The offer cannot be met.</exception>
    public string AcceptOffer(string sdp) => After(Connection.AcceptOffer(sdp, _clock.Now));

    /// <summary>Offers what has changed; when an offer is under way, after its answer.</summary>
    public void Negotiate()
    {
        if (AwaitsAnswer)
            _offerAgain = true;
        else
            Offer(restartIce: false);
    }

    /// <summary>Sends an offer, which replaces one that waits for its answer.</summary>
    /// <param name="restartIce">Whether both sides are to make new ICE credentials, so that checks start over from whatever address the client has now.</param>
    public void Offer(bool restartIce)
    {
        _offerAgain = false;
        AwaitsAnswer = true;
        OfferId++;
        var sdp = After(Connection.CreateOffer(restartIce));
        Owner.Send(new SignalResponse { Offer = new SessionDescription { Type = "offer", Sdp = sdp, Id = OfferId } });
    }

    /// <exception cref="SdpException">The answer does not fit; what was offered is not in force.</exception>
    public void AcceptAnswer(string sdp)
    {
        AwaitsAnswer = false;
        try
        {
            Connection.AcceptAnswer(sdp, _clock.Now);
            Schedule();
        }
        finally
        {
            if (_offerAgain)
                Offer(restartIce: false);
        }
    }

    public void AddRemoteCandidate(string candidate)
    {
        Connection.AddRemoteCandidate(candidate, _clock.Now);
        Schedule();
    }

    public void Receive(Span<byte> datagram, in TransportAddress remote)
    {
        if (_disposed)
            return;
        Connection.Handle(datagram, remote, _clock.Now);
        Schedule();
    }

    public DataChannel CreateDataChannel(string label, DataChannelOptions options) => After(Connection.CreateDataChannel(label, options, _clock.Now));

    public bool SendData(DataChannel channel, ReadOnlySpan<byte> message)
    {
        var sent = channel.Send(message, isText: false, _clock.Now);
        Schedule();
        return sent;
    }

    public void RemoveTrack(LocalTrack track)
    {
        Connection.RemoveTrack(track, _clock.Now);
        Schedule();
    }

    public void RequestKeyFrame(RemoteTrack track)
    {
        Connection.RequestKeyFrame(track, _clock.Now);
        Schedule();
    }

    /// <summary>Looks again at when the connection wants to be called. Needed after anything done to the connection past this class.</summary>
    public void Schedule()
    {
        if (_disposed || Connection.NextTimeout is not { } due || due >= _timerDue)
            return;
        _timer?.Cancel();
        _timerDue = due;
        _timer = Loop.After(due > _clock.Now ? due - _clock.Now : TimeSpan.Zero, OnTimer);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _timer?.Cancel();
        _socket.Remove(this);
        Connection.Dispose();
    }

    void IPeerConnectionHandler.Send(PeerConnection peer, ReadOnlySpan<byte> datagram, in TransportAddress remote) => _socket.Send(datagram, remote);

    void IPeerConnectionHandler.StateChanged(PeerConnection peer, PeerConnectionState state)
    {
        if (!_disposed)
            _events.StateChanged(this, state);
    }

    void IPeerConnectionHandler.TrackAdded(PeerConnection peer, RemoteTrack track) => _events.TrackAdded(this, track);

    void IPeerConnectionHandler.TrackRemoved(PeerConnection peer, RemoteTrack track) => _events.TrackRemoved(this, track);

    void IPeerConnectionHandler.RtpReceived(PeerConnection peer, RemoteTrack track, in RtpPacket packet, TimeSpan now) =>
        _events.RtpReceived(this, track, packet, now);

    void IPeerConnectionHandler.KeyFrameRequested(PeerConnection peer, LocalTrack track) => _events.KeyFrameRequested(this, track);

    void IPeerConnectionHandler.DataChannelOpened(PeerConnection peer, DataChannel channel) => _events.DataChannelOpened(this, channel);

    void IPeerConnectionHandler.DataReceived(PeerConnection peer, DataChannel channel, ReadOnlySpan<byte> message, bool isText) =>
        _events.DataReceived(this, channel, message);

    void IPeerConnectionHandler.BufferedAmountLow(PeerConnection peer, DataChannel channel)
    {
        // The room does not wait for room in a channel: what does not fit is dropped and counted.
    }

    void IPeerConnectionHandler.DataChannelClosed(PeerConnection peer, DataChannel channel) => _events.DataChannelClosed(this, channel);

    private T After<T>(T result)
    {
        Schedule();
        return result;
    }

    private void OnTimer()
    {
        _timer = null;
        _timerDue = TimeSpan.MaxValue;
        if (_disposed)
            return;
        if (Connection.NextTimeout is { } due && due <= _clock.Now)
            Connection.HandleTimeout(_clock.Now);
        Schedule();
    }
}
