using System.Text;
using Agent.WebRtc;
using Agent.WebRtc.Dtls;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Tracks;

namespace Agent.Tests.WebRtc;

/// <summary>One end of a connection in memory: keeps what happened and queues what it sends.</summary>
internal sealed class PeerEnd : IPeerConnectionHandler, IDisposable
{
    private static readonly DtlsCertificate s_certificate = DtlsCertificate.Create(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public PeerEnd(PeerRole role, TransportAddress address, Func<PeerConnectionOptions, PeerConnectionOptions>? configure = null)
    {
        Address = address;
        var options = new PeerConnectionOptions { Certificate = s_certificate, Role = role, HostAddresses = [address.ToIPEndPoint()] };
        Peer = new PeerConnection(configure?.Invoke(options) ?? options, this, TimeSpan.Zero);
    }

    public static DtlsCertificate Certificate => s_certificate;

    public TransportAddress Address { get; set; }

    public PeerConnection Peer { get; }

    public Queue<(byte[] Data, TransportAddress To)> Outbox { get; } = new();

    public List<PeerConnectionState> States { get; } = [];

    public List<RemoteTrack> Tracks { get; } = [];

    public List<RemoteTrack> RemovedTracks { get; } = [];

    public List<(RemoteTrack Track, ushort Sequence, uint Timestamp, byte PayloadType, byte? Level, byte[] Payload)> Packets { get; } = [];

    public List<string> Events { get; } = [];

    public List<(string Label, string Text, bool IsText)> Messages { get; } = [];

    public List<(string Label, byte[] Data)> RawMessages { get; } = [];

    public Dictionary<string, DataChannel> Channels { get; } = new(StringComparer.Ordinal);

    public RtpCallback? OnRtp { get; set; }

    /// <summary>Set to keep nothing, so that what the connection itself allocates can be measured.</summary>
    public QuietForwarding? Quiet { get; set; }

    public void Dispose() => Peer.Dispose();

    void IPeerConnectionHandler.Send(PeerConnection peer, ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        if (Quiet is { } quiet) quiet.Sent++;
        else Outbox.Enqueue((datagram.ToArray(), remote));
    }

    void IPeerConnectionHandler.StateChanged(PeerConnection peer, PeerConnectionState state) => States.Add(state);

    void IPeerConnectionHandler.TrackAdded(PeerConnection peer, RemoteTrack track) => Tracks.Add(track);

    void IPeerConnectionHandler.TrackRemoved(PeerConnection peer, RemoteTrack track) => RemovedTracks.Add(track);

    void IPeerConnectionHandler.RtpReceived(PeerConnection peer, RemoteTrack track, in RtpPacket packet, TimeSpan now)
    {
        if (Quiet is { } quiet)
        {
            quiet.Forward(track, packet, now);
            return;
        }

        Packets.Add((track, packet.SequenceNumber, packet.Timestamp, packet.PayloadType, packet.AudioLevel, packet.Payload.ToArray()));
        OnRtp?.Invoke(track, packet, now);
    }

    void IPeerConnectionHandler.KeyFrameRequested(PeerConnection peer, LocalTrack track) => Events.Add($"key frame {track.TrackId}");

    void IPeerConnectionHandler.DataChannelOpened(PeerConnection peer, DataChannel channel)
    {
        Channels[channel.Label] = channel;
        Events.Add($"open {channel.Label}");
    }

    void IPeerConnectionHandler.DataReceived(PeerConnection peer, DataChannel channel, ReadOnlySpan<byte> message, bool isText)
    {
        Messages.Add((channel.Label, isText || message.Length < 100 ? Encoding.UTF8.GetString(message) : $"{message.Length} bytes", isText));
        RawMessages.Add((channel.Label, message.ToArray()));
    }

    void IPeerConnectionHandler.BufferedAmountLow(PeerConnection peer, DataChannel channel) => Events.Add($"low {channel.Label}");

    void IPeerConnectionHandler.DataChannelClosed(PeerConnection peer, DataChannel channel) => Events.Add($"closed {channel.Label}");
}
