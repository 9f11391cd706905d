using System.Text;
using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Tracks;

/// <summary>Finds the track of a packet (RFC 8843, section 9.2): by source, then by the mid in it, then by a payload type that only one section has.</summary>
internal sealed class RtpSourceTable
{
    private const int MaxLearned = 1024;
    private readonly Dictionary<uint, RemoteTrack> _bySsrc = [];
    private IReadOnlyList<(RemoteTrack Track, byte[] Mid)> _tracks = [];
    private int _learned;

    public void Rebuild(IEnumerable<RemoteTrack> tracks)
    {
        _tracks = [.. tracks.Select(track => (track, Encoding.UTF8.GetBytes(track.Mid)))];
        _bySsrc.Clear();
        _learned = 0;
        foreach (var (track, _) in _tracks)
        {
            foreach (var ssrc in track.DeclaredSsrcs) _bySsrc[ssrc] = track;
            if (track.Ssrc is { } current) _bySsrc.TryAdd(current, track);
        }
    }

    public RemoteTrack? FindBySsrc(uint ssrc) => _bySsrc.GetValueOrDefault(ssrc);

    public RemoteTrack? Find(in RtpPacket packet)
    {
        if (_bySsrc.TryGetValue(packet.Ssrc, out var known)) return known;
        var found = FindByMid(packet) ?? FindByPayloadType(packet.PayloadType);
        if (found is null || _learned == MaxLearned) return found;
        _learned++;
        return _bySsrc[packet.Ssrc] = found;
    }

    private RemoteTrack? FindByMid(in RtpPacket packet)
    {
        foreach (var (track, mid) in _tracks)
        {
            if (packet.TryGetExtension(track.Extensions[HeaderExtensionKind.Mid], out var value) && value.SequenceEqual(mid)) return track;
        }

        return null;
    }

    private RemoteTrack? FindByPayloadType(byte payloadType)
    {
        RemoteTrack? only = null;
        foreach (var (track, _) in _tracks)
        {
            if (track.FindCodec(payloadType) is null) continue;
            if (only is not null) return null;
            only = track;
        }

        return only;
    }
}
