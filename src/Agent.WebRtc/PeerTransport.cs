using Agent.WebRtc.Dtls;
using Agent.WebRtc.Ice;
using Agent.WebRtc.Sdp;
using Agent.WebRtc.Srtp;
using Agent.WebRtc.Stun;
using Agent.WebRtc.Tracks;

namespace Agent.WebRtc;

/// <summary>ICE, DTLS and SRTP of one connection: sorts datagrams by their first byte (RFC 7983) and keeps the state.</summary>
internal sealed class PeerTransport : IIceHandler, IDtlsHandler, IMediaTransport, IDisposable
{
    private readonly PeerConnectionOptions _options;
    private readonly ITransportHandler _handler;
    private DtlsSession? _dtls;
    private DtlsFingerprint? _remoteFingerprint;
    private SrtpSession? _srtp;
    private TimeSpan? _connectDeadline;
    private TimeSpan _lastHeard;
    private TimeSpan _now;

    public PeerTransport(PeerConnectionOptions options, ITransportHandler handler, PeerCounters counters)
    {
        _options = options;
        _handler = handler;
        Counters = counters;
        Ice = options.Role == PeerRole.Server ? new IceLiteAgent(this) : new IceControllingAgent(this);
    }

    public PeerCounters Counters { get; }

    public IIceAgent Ice { get; }

    public PeerConnectionState State { get; private set; }

    /// <summary>Why the connection failed, for its owner's log; null otherwise.</summary>
    public string? Failure { get; private set; }

    public bool IsDtlsConnected => _dtls?.State == DtlsState.Connected;

    /// <summary>Who starts DTLS; null until a remote description said so. It also decides the data channels' numbers.</summary>
    public bool? IsDtlsClient { get; private set; }

    public string? SrtpProfileName => _srtp?.Profile.OpenSslName;

    public bool CanSendMedia => _srtp is not null && Ice.Selected is not null && !IsFinal;

    public TimeSpan? NextTimeout => IsFinal ? null : Earliest(Earliest(Ice.NextTimeout, _dtls?.NextTimeout), LivenessDeadline);

    private bool IsFinal => State is PeerConnectionState.Failed or PeerConnectionState.Closed;

    private TimeSpan? LivenessDeadline => State switch
    {
        PeerConnectionState.Connected => _lastHeard + _options.DisconnectedAfter,
        PeerConnectionState.Disconnected => _lastHeard + _options.FailedAfter,
        _ => _connectDeadline,
    };

    public static TimeSpan? Earliest(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b : a;

    /// <exception cref="SdpException">The description would change the certificate of a running session.</exception>
    public void Check(RemoteDescription description)
    {
        if (_remoteFingerprint is not null && description.Fingerprint is { } fingerprint && fingerprint != _remoteFingerprint)
            throw new SdpException("The fingerprint changed; a new certificate needs a new connection.");
    }

    /// <summary>Takes the remote side's transport parameters; the first ones start DTLS.</summary>
    public void SetRemote(RemoteDescription description, bool isClient, TimeSpan now)
    {
        _now = now;
        if (description.Credentials is not { } credentials) return;
        Ice.SetRemote(credentials, now);
        foreach (var candidate in description.Candidates) Ice.AddRemoteCandidate(candidate, now);
        if (_dtls is not null) return;
        _remoteFingerprint = description.Fingerprint;
        IsDtlsClient = isClient;
        _connectDeadline = now + _options.ConnectTimeout;
        _dtls = new DtlsSession(_options.Certificate.Context, isClient, description.Fingerprint!, _options.MaxDatagramSize, this);
        if (!isClient || Ice.Selected is not null) _dtls.Start(now);
    }

    public void Handle(Span<byte> datagram, in TransportAddress remote, TimeSpan now)
    {
        _now = now;
        if (IsFinal) return;
        switch (datagram.IsEmpty ? byte.MaxValue : datagram[0])
        {
            case <= 3:
                HandleStun(datagram, remote, now);
                break;
            case var _ when !Ice.IsValidated(remote):
                Counters.DroppedUnvalidatedAddress++;
                break;
            case >= 20 and <= 63:
                HandleDtls(datagram, now);
                break;
            case >= 128 and <= 191:
                HandleSrtp(datagram, now);
                break;
            default:
                Counters.DroppedUnknown++;
                break;
        }
    }

    public void HandleTimeout(TimeSpan now)
    {
        _now = now;
        if (IsFinal) return;
        Ice.HandleTimeout(now);
        _dtls?.HandleTimeout(now);
        if (LivenessDeadline is not { } deadline || now < deadline) return;
        if (State == PeerConnectionState.Connected) Change(PeerConnectionState.Disconnected);
        else if (State == PeerConnectionState.Disconnected) Fail($"nothing was heard for {_options.FailedAfter.TotalSeconds:0.#} s");
        else if (!IsFinal) Fail($"not connected within {_options.ConnectTimeout.TotalSeconds:0.#} s");
    }

    public bool SendRtp(Span<byte> buffer, int length)
    {
        if (_srtp is null || Ice.Selected is not { } remote) return false;
        length = _srtp.ProtectRtp(buffer, length);
        if (length == 0) return false;
        _handler.SendDatagram(buffer[..length], remote);
        return true;
    }

    public bool SendRtcp(Span<byte> buffer, int length)
    {
        if (_srtp is null || Ice.Selected is not { } remote) return false;
        length = _srtp.ProtectRtcp(buffer, length);
        if (length == 0) return false;
        _handler.SendDatagram(buffer[..length], remote);
        return true;
    }

    public bool SendData(ReadOnlySpan<byte> packet) => _dtls is not null && _dtls.Send(packet);

    public void RemoveOutbound(uint ssrc) => _srtp?.RemoveOutbound(ssrc);

    public void Dispose()
    {
        _dtls?.Close();
        if (!IsFinal) State = PeerConnectionState.Closed;
        _dtls?.Dispose();
        _srtp?.Dispose();
        _srtp = null;
    }

    void IIceHandler.SendStun(ReadOnlySpan<byte> message, in TransportAddress remote) => _handler.SendDatagram(message, remote);

    void IIceHandler.AddressValidated(in TransportAddress remote)
    {
        _handler.AddressValidated(remote);
        if (State == PeerConnectionState.New) Change(PeerConnectionState.Connecting);
        if (_dtls is { IsClient: true, State: DtlsState.Handshaking, NextTimeout: null }) _dtls.Start(_now);
    }

    void IIceHandler.AddressForgotten(in TransportAddress remote) => _handler.AddressForgotten(remote);

    void IDtlsHandler.SendDtls(ReadOnlySpan<byte> datagram)
    {
        if (Ice.Selected is { } remote) _handler.SendDatagram(datagram, remote);
    }

    void IDtlsHandler.DtlsConnected(SrtpKeys? keys)
    {
        _srtp = keys is null ? null : new SrtpSession(keys);
        _lastHeard = _now;
        Change(PeerConnectionState.Connected);
    }

    void IDtlsHandler.DtlsData(ReadOnlySpan<byte> data) => _handler.DataArrived(data);

    void IDtlsHandler.DtlsEnded(string? failure)
    {
        if (failure is null) Change(PeerConnectionState.Closed);
        else Fail(failure);
    }

    private void HandleStun(ReadOnlySpan<byte> datagram, in TransportAddress remote, TimeSpan now)
    {
        if (!StunMessage.TryParse(datagram, out var message))
        {
            Counters.DroppedStunMalformed++;
            return;
        }

        Ice.Handle(message, remote, now);
        if (Ice.LastHeard == now) Heard(now);
    }

    private void HandleDtls(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (_dtls is null) Counters.DroppedDtlsUnexpected++;
        else if (!_dtls.Handle(datagram, now)) Counters.DroppedDtlsInvalid++;
    }

    private void HandleSrtp(Span<byte> datagram, TimeSpan now)
    {
        if (_srtp is null)
        {
            Counters.DroppedBeforeKeys++;
            return;
        }

        // RFC 5761, section 4: payload types 64 to 95 with the marker bit are RTCP.
        var isRtcp = datagram.Length > 1 && datagram[1] is >= 192 and <= 223;
        var result = isRtcp ? _srtp.UnprotectRtcp(datagram, out var length) : _srtp.UnprotectRtp(datagram, out length);
        switch (result)
        {
            case SrtpResult.Ok:
                Heard(now);
                if (isRtcp) _handler.RtcpArrived(datagram[..length], now);
                else _handler.RtpArrived(datagram[..length], now);
                break;
            case SrtpResult.Replayed:
                Counters.DroppedSrtpReplayed++;
                break;
            case SrtpResult.Malformed when isRtcp:
                Counters.DroppedRtcpMalformed++;
                break;
            case SrtpResult.Malformed:
                Counters.DroppedRtpMalformed++;
                break;
            default:
                Counters.DroppedSrtpUnauthenticated++;
                break;
        }
    }

    private void Heard(TimeSpan now)
    {
        _lastHeard = now;
        if (State == PeerConnectionState.Disconnected) Change(PeerConnectionState.Connected);
    }

    private void Fail(string reason)
    {
        Failure = reason;
        Change(PeerConnectionState.Failed);
    }

    private void Change(PeerConnectionState state)
    {
        if (State == state || IsFinal) return;
        State = state;
        _handler.TransportChanged(state);
    }
}
