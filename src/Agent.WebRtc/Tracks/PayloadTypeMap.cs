using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Tracks;

/// <summary>How a source's payload types are sent on: under which number, as they are or reduced to the primary encoding.</summary>
internal sealed class PayloadTypeMap
{
    private readonly PayloadMapping[] _mappings = new PayloadMapping[128];
    private IReadOnlyList<RtpCodec>? _source;
    private IReadOnlyList<RtpCodec>? _destination;

    public PayloadMapping Find(byte payloadType, IReadOnlyList<RtpCodec> source, IReadOnlyList<RtpCodec> destination)
    {
        if (!ReferenceEquals(source, _source) || !ReferenceEquals(destination, _destination)) Rebuild(source, destination);
        return _mappings[payloadType & 0x7F];
    }

    private static RtpCodec? FindMatch(IReadOnlyList<RtpCodec> codecs, RtpCodec wanted)
    {
        foreach (var codec in codecs)
        {
            if (codec.Matches(wanted)) return codec;
        }

        return null;
    }

    private static RtpCodec? FindPrimary(IReadOnlyList<RtpCodec> codecs)
    {
        foreach (var codec in codecs)
        {
            if (codec.IsNamed("opus")) return codec;
        }

        return null;
    }

    private void Rebuild(IReadOnlyList<RtpCodec> source, IReadOnlyList<RtpCodec> destination)
    {
        _source = source;
        _destination = destination;
        Array.Clear(_mappings);
        foreach (var codec in source)
        {
            var match = FindMatch(destination, codec);
            if (!codec.IsRed)
            {
                if (match is not null) _mappings[codec.PayloadType] = new PayloadMapping(match.PayloadType, match.ClockRateHz, IsPrimaryOnly: false);
                continue;
            }

            // A RED payload names its blocks' payload types: it can only be sent on unchanged where those are the same.
            if (FindPrimary(source) is not { } from || FindPrimary(destination) is not { } to) continue;
            _mappings[codec.PayloadType] = match is not null && from.PayloadType == to.PayloadType
                ? new PayloadMapping(match.PayloadType, match.ClockRateHz, IsPrimaryOnly: false)
                : new PayloadMapping(to.PayloadType, to.ClockRateHz, IsPrimaryOnly: true);
        }
    }
}
