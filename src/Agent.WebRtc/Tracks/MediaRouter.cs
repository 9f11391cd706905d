using System.Security.Cryptography;
using System.Text;
using Agent.WebRtc.Rtcp;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Srtp;

namespace Agent.WebRtc.Tracks;

/// <summary>RTP and RTCP of one connection: packets to their tracks, feedback to its place, reports at their time.</summary>
internal sealed class MediaRouter : IRtpOutlet
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);
    private readonly PeerConnection _peer;
    private readonly IMediaTransport _transport;
    private readonly RtpSourceTable _sources = new();
    private readonly byte[] _buffer = new byte[2048];
    private readonly byte[] _canonicalName;
    private readonly uint _reporterSsrc = CreateSsrc();
    private TimeSpan? _nextReport;
    private TimeSpan? _nextRequest;

    public MediaRouter(PeerConnection peer, IMediaTransport transport, string canonicalName)
    {
        _peer = peer;
        _transport = transport;
        _canonicalName = Encoding.ASCII.GetBytes(canonicalName);
    }

    public List<LocalTrack> LocalTracks { get; } = [];

    public List<RemoteTrack> RemoteTracks { get; } = [];

    public TimeSpan? NextTimeout => PeerTransport.Earliest(_nextReport, _nextRequest);

    public bool CanSend => _transport.CanSendMedia;

    public Span<byte> Buffer => _buffer;

    public int MaxPacketLength => _buffer.Length - SrtpSession.MaxTrailer;

    public static uint CreateSsrc() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public bool SendRtp(int length, TimeSpan now)
    {
        if (!_transport.SendRtp(_buffer, length)) return false;
        _nextReport ??= now + ReportInterval;
        _peer.Counters.RtpSent++;
        return true;
    }

    public void Rebuild() => _sources.Rebuild(RemoteTracks);

    public void HandleRtp(ReadOnlySpan<byte> plain, TimeSpan now)
    {
        if (!RtpPacket.TryParse(plain, out var packet))
        {
            _peer.Counters.DroppedRtpMalformed++;
            return;
        }

        var track = _sources.Find(packet);
        if (track?.FindCodec(packet.PayloadType) is not { } codec)
        {
            _peer.Counters.DroppedRtpUnknownSource++;
            return;
        }

        _peer.Counters.RtpReceived++;
        track.Ssrc = packet.Ssrc;
        track.PacketsReceived++;
        track.Statistics.Received(packet, codec.ClockRateHz, now);
        if (track.CanAskAgain)
        {
            track.Missing.Received(packet.Ssrc, packet.SequenceNumber, now);
            _nextRequest = PeerTransport.Earliest(_nextRequest, track.Missing.NextTimeout);
        }

        _nextReport ??= now + ReportInterval;
        _peer.Handler.RtpReceived(_peer, track, packet.WithAudioLevelId(track.Extensions[HeaderExtensionKind.AudioLevel]), now);
    }

    public void HandleRtcp(ReadOnlySpan<byte> plain, TimeSpan now)
    {
        var reader = new RtcpReader(plain);
        while (reader.TryRead(out var packet)) HandleRtcpPacket(packet, now);
        if (reader.IsMalformed) _peer.Counters.DroppedRtcpMalformed++;
    }

    public void HandleTimeout(TimeSpan now)
    {
        if (_nextRequest <= now) RequestMissing(now);
        if (_nextReport <= now) _nextReport = SendReports(now) ? now + ReportInterval : null;
    }

    public void RequestKeyFrame(RemoteTrack track)
    {
        if (track.Ssrc is not { } ssrc || !CanSend) return;
        var writer = new RtcpWriter(Buffer[..MaxPacketLength]);
        if (writer.AddReceiverReport(_reporterSsrc, []) && writer.AddCanonicalName(_reporterSsrc, _canonicalName) && writer.AddPictureLoss(_reporterSsrc, ssrc))
            _transport.SendRtcp(_buffer, writer.Length);
    }

    public void SendGoodbye(LocalTrack track)
    {
        if (!CanSend || track.PacketsSent == 0) return;
        var writer = new RtcpWriter(Buffer[..MaxPacketLength]);
        if (writer.AddReceiverReport(track.Ssrc, []) && writer.AddCanonicalName(track.Ssrc, _canonicalName) && writer.AddGoodbye(track.Ssrc))
            _transport.SendRtcp(_buffer, writer.Length);
    }

    private void RequestMissing(TimeSpan now)
    {
        _nextRequest = null;
        Span<ushort> due = stackalloc ushort[MissingPackets.Capacity];
        foreach (var track in RemoteTracks)
        {
            var count = track.Missing.Collect(due, now);
            _nextRequest = PeerTransport.Earliest(_nextRequest, track.Missing.NextTimeout);
            if (count == 0 || !CanSend || track.Ssrc is not { } ssrc) continue;
            var writer = new RtcpWriter(Buffer[..MaxPacketLength]);
            if (writer.AddReceiverReport(_reporterSsrc, []) && writer.AddNack(_reporterSsrc, ssrc, due[..count])) _transport.SendRtcp(_buffer, writer.Length);
        }
    }

    private void HandleRtcpPacket(in RtcpPacket packet, TimeSpan now)
    {
        switch (packet.Type)
        {
            case RtcpPacketType.SenderReport:
                if (packet.TryGetSenderInfo(out var ntp, out _, out _, out _))
                    _sources.FindBySsrc(packet.SenderSsrc)?.Statistics.SenderReported((uint)(ntp >> 16), now);
                HandleReports(packet);
                break;
            case RtcpPacketType.ReceiverReport:
                HandleReports(packet);
                break;
            case RtcpPacketType.TransportFeedback when packet.Count == RtcpFeedback.Nack:
                HandleNack(packet, now);
                break;
            case RtcpPacketType.PayloadFeedback when packet.Count == RtcpFeedback.PictureLoss:
                if (FindLocal(packet.MediaSsrc) is { } wanted) _peer.Handler.KeyFrameRequested(_peer, wanted);
                break;
            case RtcpPacketType.PayloadFeedback when packet.Count == RtcpFeedback.FullIntraRequest:
                HandleFullIntraRequest(packet);
                break;
        }
    }

    private void HandleReports(in RtcpPacket packet)
    {
        for (var i = 0; packet.TryGetReport(i, out var report); i++)
        {
            if (FindLocal(report.Ssrc) is { } track) track.FractionLost = report.FractionLost / 256.0;
        }
    }

    private void HandleNack(in RtcpPacket packet, TimeSpan now)
    {
        if (FindLocal(packet.MediaSsrc) is not { } track) return;
        var reader = new NackReader(packet.FeedbackControl);
        while (reader.TryRead(out var sequenceNumber))
        {
            if (track.Resend(sequenceNumber, now)) _peer.Counters.RtpRetransmitted++;
        }
    }

    /// <summary>Each entry is a source, a sequence number and three reserved bytes (RFC 5104, section 4.3.1.1).</summary>
    private void HandleFullIntraRequest(in RtcpPacket packet)
    {
        for (var entries = packet.FeedbackControl; entries.Length >= 8; entries = entries[8..])
        {
            if (FindLocal(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(entries)) is { } track) _peer.Handler.KeyFrameRequested(_peer, track);
        }
    }

    private LocalTrack? FindLocal(uint ssrc)
    {
        foreach (var track in LocalTracks)
        {
            if (track.Ssrc == ssrc) return track;
        }

        return null;
    }

    /// <returns>Whether there was anything to report.</returns>
    private bool SendReports(TimeSpan now)
    {
        if (!CanSend) return false;
        Span<ReceptionReport> reports = stackalloc ReceptionReport[31];
        var count = 0;
        foreach (var track in RemoteTracks)
        {
            if (track.Statistics.HasNews && count < reports.Length) reports[count++] = track.Statistics.Report(now);
        }

        var sent = count > 0;
        foreach (var track in LocalTracks)
        {
            if (!track.HasNews) continue;
            track.HasNews = false;
            sent = true;
            SendSenderReport(track, reports[..count], now);
            count = 0;
        }

        if (count > 0)
        {
            var writer = new RtcpWriter(Buffer[..MaxPacketLength]);
            if (writer.AddReceiverReport(_reporterSsrc, reports[..count]) && writer.AddCanonicalName(_reporterSsrc, _canonicalName))
                _transport.SendRtcp(_buffer, writer.Length);
        }

        return sent;
    }

    private void SendSenderReport(LocalTrack track, ReadOnlySpan<ReceptionReport> reports, TimeSpan now)
    {
        var ntp = NtpTime.From(_peer.Options.TimeOrigin + now);
        var writer = new RtcpWriter(Buffer[..MaxPacketLength]);
        if (writer.AddSenderReport(track.Ssrc, ntp, track.TimestampAt(now), (uint)track.PacketsSent, (uint)track.OctetsSent, reports)
            && writer.AddCanonicalName(track.Ssrc, _canonicalName))
        {
            _transport.SendRtcp(_buffer, writer.Length);
        }
    }
}
