using System.Security.Cryptography;
using Agent.WebRtc.Ice;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Sdp;
using Agent.WebRtc.Tracks;

namespace Agent.WebRtc;

/// <summary>
/// One WebRTC connection without sockets, threads or a clock: datagrams, descriptions and time go in; datagrams,
/// events and the next time-out come out.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> A connection and everything it hands out (tracks, channels) is used by one thread at a time: run it
/// on one loop. Connections that forward to each other run on the same loop or copy packets between loops.</para>
/// <para><b>Time.</b> <c>now</c> is the time since one origin that is the same for all connections of the process; it never runs
/// backwards. After every call, forwarding through its tracks included, look at <see cref="NextTimeout"/> again. DTLS and SCTP
/// keep their retransmission timers by the machine's clock, so time must not run slower than that.</para>
/// <para><b>Input.</b> Whatever arrives from the network is dropped and counted when it is malformed; only descriptions that
/// come through signalling throw (<see cref="SdpException"/>), and then change nothing.</para>
/// </remarks>
public sealed class PeerConnection : ITransportHandler, IDisposable
{
    private readonly PeerTransport _transport;
    private readonly MediaRouter _media;
    private readonly DataChannels _data;
    private readonly Negotiator _negotiator;
    private readonly LocalDescriptionWriter _writer;
    private IceCredentials? _remoteCredentials;
    private IPeerDirectory? _directory;
    private TimeSpan _now;
    private int _depth;
    private bool _wantsData;
    private bool _wantsRestart;
    private bool _disposeRequested;
    private bool _disposed;

    /// <summary>Creates a connection.</summary>
    /// <param name="options">What it is made with.</param>
    /// <param name="handler">Where datagrams and events go.</param>
    /// <param name="now">The time.</param>
    public PeerConnection(PeerConnectionOptions options, IPeerConnectionHandler handler, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        if (options.FindMistake() is { } mistake) throw new ArgumentException(mistake, nameof(options));
        Options = options;
        Handler = handler;
        _now = now;
        var canonicalName = RandomNumberGenerator.GetHexString(16, lowercase: true);
        _transport = new PeerTransport(options, this, Counters);
        _media = new MediaRouter(this, _transport, canonicalName);
        _data = new DataChannels(this, _transport);
        _negotiator = new Negotiator(options);
        _writer = new LocalDescriptionWriter((ulong)RandomNumberGenerator.GetInt32(int.MaxValue))
        {
            Fingerprint = options.Certificate.Fingerprint,
            CanonicalName = canonicalName,
            IsLite = options.Role == PeerRole.Server,
            Candidates = [.. options.HostAddresses.Select((address, rank) => IceCandidate.CreateHost(TransportAddress.From(address), rank))],
            MaxMessageSize = Math.Min(options.MaxMessageSize, SctpAssociation.MaxMessageBytes),
        };
    }

    /// <summary>What it was made with.</summary>
    public PeerConnectionOptions Options { get; }

    /// <summary>The state of ICE and DTLS together.</summary>
    public PeerConnectionState State => _transport.State;

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Failure => _transport.Failure;

    /// <summary>What was received, sent and dropped.</summary>
    public PeerCounters Counters { get; } = new();

    /// <summary>When to call <see cref="HandleTimeout"/> at the latest; null when nothing is waited for.</summary>
    public TimeSpan? NextTimeout => _disposed
        ? null
        : PeerTransport.Earliest(_transport.NextTimeout, State == PeerConnectionState.Failed ? null : PeerTransport.Earliest(_media.NextTimeout, _data.NextTimeout));

    /// <summary>Where media goes to and comes from; null before the first authenticated check.</summary>
    public TransportAddress? RemoteAddress => _transport.Ice.Selected;

    /// <summary>The SRTP profile in use, as its RFC names it; null before the handshake.</summary>
    public string? SrtpProfileName => _transport.SrtpProfileName;

    /// <summary>The tracks that the remote side sends.</summary>
    public IReadOnlyList<RemoteTrack> RemoteTracks => _media.RemoteTracks;

    /// <summary>The tracks that this side sends, those not yet negotiated included.</summary>
    public IReadOnlyList<LocalTrack> LocalTracks => _media.LocalTracks;

    /// <summary>The data channels that are open or opening.</summary>
    public IReadOnlyList<DataChannel> DataChannels => _data.All;

    /// <summary>Whether tracks, channels or an ICE restart wait for an offer of ours.</summary>
    public bool NegotiationNeeded => _wantsRestart
        || (_wantsData && _negotiator.Data is null)
        || _media.LocalTracks.Exists(track => track.Mid is null)
        || _negotiator.Sections.Exists(section => section is { Sends: true, Local: null });

    internal IPeerConnectionHandler Handler { get; }

    /// <summary>Applies a remote offer and answers it: first or any later one, also one that restarts ICE.</summary>
    /// <param name="sdp">The offer.</param>
    /// <param name="now">The time.</param>
    /// <returns>The answer, in force when this returns.</returns>
    /// <exception cref="SdpException">The offer is malformed or cannot be met; nothing changed.</exception>
    public string AcceptOffer(string sdp, TimeSpan now)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var offer = RemoteDescriptionReader.Read(SdpParser.Parse(sdp));
        _negotiator.CheckOffer(offer);
        _transport.Check(offer);
        var changes = new NegotiationChanges();
        Enter(now);
        if (_remoteCredentials is { } before && offer.Credentials is { } after && (before.Ufrag != after.Ufrag || before.Password != after.Password)) RestartIce();
        _negotiator.ApplyOffer(offer, _media.LocalTracks, changes);

        // Either may be chosen: a server waits for the client's first flight, a client starts (RFC 8842, section 5.3).
        var isClient = _transport.IsDtlsClient ?? (offer.Setup == SetupRole.Passive || (offer.Setup == SetupRole.ActPass && Options.Role == PeerRole.Client));
        var answer = _writer.Write(_negotiator.Sections, _transport.Ice.Local, isClient ? SetupRole.Active : SetupRole.Passive);
        Apply(offer, isClient, changes);
        Exit();
        return answer;
    }

    /// <summary>Describes this side's tracks and data channels; in force once the answer was accepted.</summary>
    /// <param name="restartIce">Whether to ask for new ICE credentials.</param>
    /// <returns>The offer; a later one replaces it until an answer comes.</returns>
    public string CreateOffer(bool restartIce = false)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (restartIce || _wantsRestart) RestartIce();
        _wantsRestart = false;
        _negotiator.PrepareOffer(_media.LocalTracks, _wantsData);
        return _writer.Write(_negotiator.Sections, _transport.Ice.Local, SetupRole.ActPass);
    }

    /// <summary>Applies the answer to the last offer.</summary>
    /// <param name="sdp">The answer.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="SdpException">The answer is malformed, does not fit, or no offer is open; nothing changed.</exception>
    public void AcceptAnswer(string sdp, TimeSpan now)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var answer = RemoteDescriptionReader.Read(SdpParser.Parse(sdp));
        _negotiator.CheckAnswer(answer);
        _transport.Check(answer);
        if (answer.Credentials is not null && answer.Setup == SetupRole.ActPass) throw new SdpException("An answer's setup is active or passive, not actpass.");
        var changes = new NegotiationChanges();
        Enter(now);
        _negotiator.ApplyAnswer(answer, changes);
        Apply(answer, _transport.IsDtlsClient ?? answer.Setup == SetupRole.Passive, changes);
        Exit();
    }

    /// <summary>Takes a trickled candidate; a server needs none, so unreadable ones are counted and dropped.</summary>
    /// <param name="candidate">The <c>candidate:…</c> line as browsers send it, with or without <c>a=</c>; empty means there are no more.</param>
    /// <param name="now">The time.</param>
    public void AddRemoteCandidate(string candidate, TimeSpan now)
    {
        if (_disposed || string.IsNullOrWhiteSpace(candidate)) return;
        if (!IceCandidate.TryParse(candidate, out var parsed)) Counters.DroppedCandidate++;
        else if (parsed is not null) _transport.Ice.AddRemoteCandidate(parsed, now);
    }

    /// <summary>Handles a datagram; decrypts in place.</summary>
    /// <param name="datagram">The UDP payload, overwritten.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="now">The time.</param>
    public void Handle(Span<byte> datagram, in TransportAddress remote, TimeSpan now)
    {
        if (_disposed) return;
        Enter(now);
        Counters.DatagramsReceived++;
        _transport.Handle(datagram, remote, now);
        Exit();
    }

    /// <summary>Does what is due at this time: retransmissions, reports, time-outs.</summary>
    /// <param name="now">The time.</param>
    public void HandleTimeout(TimeSpan now)
    {
        if (_disposed) return;
        Enter(now);
        _transport.HandleTimeout(now);
        _media.HandleTimeout(now);
        _data.HandleTimeout(now);
        Exit();
    }

    /// <summary>Adds a track to send; it flows after the next offer and answer (or the next remote offer that has room for it).</summary>
    /// <param name="kind">Audio or video.</param>
    /// <param name="streamId">The stream part of <c>a=msid</c>: no space in it.</param>
    /// <param name="trackId">The track part of <c>a=msid</c>: no space in it.</param>
    /// <param name="codecs">What to offer, usually the <see cref="RemoteTrack.Codecs"/> of its source, best first.</param>
    public LocalTrack AddTrack(MediaKind kind, string streamId, string trackId, IReadOnlyList<RtpCodec> codecs)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ThrowIfNotToken(streamId, nameof(streamId));
        ThrowIfNotToken(trackId, nameof(trackId));
        ArgumentNullException.ThrowIfNull(codecs);
        if (codecs.Count == 0) throw new ArgumentException("A track needs at least one codec.", nameof(codecs));
        var track = new LocalTrack(_media, kind, streamId, trackId, codecs, MediaRouter.CreateSsrc());
        _media.LocalTracks.Add(track);
        return track;
    }

    /// <summary>Stops sending a track; its section becomes inactive with the next offer.</summary>
    /// <param name="track">A track of this connection.</param>
    /// <param name="now">The time.</param>
    public void RemoveTrack(LocalTrack track, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(track);
        if (_disposed || !_media.LocalTracks.Remove(track)) return;
        _media.SendGoodbye(track);
        _transport.RemoveOutbound(track.Ssrc);
        track.Negotiated(null);
        _negotiator.Release(track);
    }

    /// <summary>Asks the sender of a remote track for a key frame (PLI, RFC 4585, section 6.3.1).</summary>
    /// <param name="track">A video track of this connection.</param>
    /// <param name="now">The time.</param>
    public void RequestKeyFrame(RemoteTrack track, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(track);
        if (!_disposed) _media.RequestKeyFrame(track);
    }

    /// <summary>Lets the next offer ask for new ICE credentials.</summary>
    public void RequestIceRestart() => _wantsRestart = true;

    /// <summary>Creates a data channel; it opens when connected and confirmed. The first one needs a new offer.</summary>
    /// <param name="label">Its label, at most 65,535 bytes of UTF-8.</param>
    /// <param name="options">How it delivers.</param>
    /// <param name="now">The time.</param>
    public DataChannel CreateDataChannel(string label, DataChannelOptions options, TimeSpan now)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(options);
        _wantsData = true;
        return _data.Create(label, options, now);
    }

    /// <summary>Closes: says goodbye to the remote side and frees native memory. Events end here.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        if (_depth > 0)
        {
            _disposeRequested = true;
            return;
        }

        _disposed = true;
        _data.Dispose();
        _transport.Dispose();
    }

    internal void SetDirectory(IPeerDirectory? directory)
    {
        _directory = directory;
        directory?.UfragAdded(this, _transport.Ice.Local.Ufrag);
    }

    void ITransportHandler.SendDatagram(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        Counters.DatagramsSent++;
        Handler.Send(this, datagram, remote);
    }

    void ITransportHandler.TransportChanged(PeerConnectionState state)
    {
        Handler.StateChanged(this, state);
        if (state == PeerConnectionState.Connected) StartData();
    }

    void ITransportHandler.AddressValidated(in TransportAddress remote) => _directory?.AddressValidated(this, remote);

    void ITransportHandler.AddressForgotten(in TransportAddress remote) => _directory?.AddressForgotten(this, remote);

    void ITransportHandler.RtpArrived(ReadOnlySpan<byte> plain, TimeSpan now) => _media.HandleRtp(plain, now);

    void ITransportHandler.RtcpArrived(ReadOnlySpan<byte> plain, TimeSpan now) => _media.HandleRtcp(plain, now);

    void ITransportHandler.DataArrived(ReadOnlySpan<byte> packet) => _data.HandlePacket(packet, _now);

    private static void ThrowIfNotToken(string value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.AsSpan().ContainsAnyExceptInRange('!', '~')) throw new ArgumentException("An identifier in a description has printable ASCII characters without spaces only.", name);
    }

    private void RestartIce()
    {
        _transport.Ice.Restart();
        _directory?.UfragAdded(this, _transport.Ice.Local.Ufrag);
    }

    private void Apply(RemoteDescription description, bool isClient, NegotiationChanges changes)
    {
        _remoteCredentials = description.Credentials ?? _remoteCredentials;
        _transport.SetRemote(description, isClient, _now);
        foreach (var track in changes.Removed) _media.RemoteTracks.Remove(track);
        _media.RemoteTracks.AddRange(changes.Added);
        _media.Rebuild();
        StartData();
        foreach (var track in changes.Removed) Handler.TrackRemoved(this, track);
        foreach (var track in changes.Added) Handler.TrackAdded(this, track);
    }

    private void StartData()
    {
        if (_negotiator.Data is { RemoteSctpPort: > 0 } section) _data.Start(section.RemoteSctpPort, section.RemoteMaxMessageSize, _now);
    }

    private void Enter(TimeSpan now)
    {
        _now = now;
        _depth++;
    }

    private void Exit()
    {
        if (--_depth == 0 && _disposeRequested) Dispose();
    }
}
