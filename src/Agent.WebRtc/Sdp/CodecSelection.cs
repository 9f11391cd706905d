using System.Globalization;
using Agent.WebRtc.Rtp;

namespace Agent.WebRtc.Sdp;

/// <summary>Which payload formats are accepted, and under which numbers ours are offered.</summary>
internal sealed class CodecSelection
{
    private const int FirstDynamic = 96;
    private const int LastDynamic = 127;
    private const int FirstLowDynamic = 35; // RFC 5761, section 4: below the RTCP range, used when 96 to 127 are taken
    private const int LastLowDynamic = 63;
    private readonly RtpCodec?[] _byPayloadType = new RtpCodec?[128];

    /// <summary>Keeps what can be forwarded, in the offered order; redundant audio only with the Opus that it refers to.</summary>
    public static List<RtpCodec> Accept(SectionKind kind, IReadOnlyList<RtpCodec> offered)
    {
        var primary = offered.Where(codec => kind == SectionKind.Audio ? IsAudio(codec) : IsVideo(codec)).ToList();
        return [.. offered.Where(codec => primary.Contains(codec) || (kind == SectionKind.Audio && codec.IsRed && RefersTo(codec, primary)))];
    }

    /// <summary>Gives each codec a number that stands for nothing else on this connection.</summary>
    public IReadOnlyList<RtpCodec> Number(IReadOnlyList<RtpCodec> wanted)
    {
        var renumbered = new Dictionary<byte, byte>();
        var result = new RtpCodec[wanted.Count];
        foreach (var pass in (ReadOnlySpan<bool>)[false, true])
        {
            // Redundant audio comes second, since its parameters name the numbers of the others.
            for (var i = 0; i < wanted.Count; i++)
            {
                if (wanted[i].IsRed != pass) continue;
                var codec = pass ? wanted[i] with { Parameters = Renumber(wanted[i].Parameters, renumbered) } : wanted[i];
                result[i] = Reserve(codec);
                renumbered[wanted[i].PayloadType] = result[i].PayloadType;
            }
        }

        return result;
    }

    private static bool IsAudio(RtpCodec codec) => codec.IsNamed("opus") && codec.ClockRateHz == 48_000;

    private static bool IsVideo(RtpCodec codec) =>
        codec.ClockRateHz == 90_000 && (codec.IsNamed("VP8") || codec.IsNamed("H264") || codec.IsNamed("VP9") || codec.IsNamed("AV1") || codec.IsNamed("H265"));

    private static bool RefersTo(RtpCodec red, List<RtpCodec> primary) =>
        red.Parameters.Split('/').All(part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var payloadType)
            && primary.Exists(codec => codec.PayloadType == payloadType));

    private static string Renumber(string parameters, Dictionary<byte, byte> renumbered) => string.Join('/', parameters.Split('/').Select(part =>
        byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var old) && renumbered.TryGetValue(old, out var payloadType)
            ? payloadType.ToString(CultureInfo.InvariantCulture)
            : part));

    private RtpCodec Reserve(RtpCodec codec)
    {
        var existing = Array.Find(_byPayloadType, candidate => candidate is not null && candidate.Matches(codec) && candidate.Parameters == codec.Parameters);
        if (existing is not null) return existing;
        var payloadType = codec.PayloadType;
        if (!IsDynamic(payloadType) || _byPayloadType[payloadType] is not null) payloadType = FindFree();
        return _byPayloadType[payloadType] = codec with { PayloadType = payloadType };
    }

    private byte FindFree()
    {
        for (var i = FirstDynamic; i <= LastDynamic; i++)
        {
            if (_byPayloadType[i] is null) return (byte)i;
        }

        for (var i = FirstLowDynamic; i <= LastLowDynamic; i++)
        {
            if (_byPayloadType[i] is null) return (byte)i;
        }

        throw new SdpException("A connection has room for 61 different payload formats.");
    }

    private static bool IsDynamic(byte payloadType) => payloadType is >= FirstDynamic and <= LastDynamic or >= FirstLowDynamic and <= LastLowDynamic;
}
