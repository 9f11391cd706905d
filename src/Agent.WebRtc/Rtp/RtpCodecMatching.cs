namespace Agent.WebRtc.Rtp;

/// <summary>Tells whether two payload formats carry the same bits.</summary>
internal static class RtpCodecMatching
{
    /// <summary>Compares name, clock rate, channels and the parameters that change the bits (RFC 6184, RFC 9628, AV1 RTP).</summary>
    public static bool Matches(this RtpCodec codec, RtpCodec other)
    {
        if (!codec.IsNamed(other.Name) || codec.ClockRateHz != other.ClockRateHz || codec.Channels != other.Channels) return false;
        if (codec.IsNamed("H264"))
        {
            return codec.Parameter("packetization-mode", "0") == other.Parameter("packetization-mode", "0")
                && ProfileOf(codec).Equals(ProfileOf(other), StringComparison.OrdinalIgnoreCase);
        }

        if (codec.IsNamed("VP9")) return codec.Parameter("profile-id", "0") == other.Parameter("profile-id", "0");
        return !codec.IsNamed("AV1") || codec.Parameter("profile", "0") == other.Parameter("profile", "0");
    }

    /// <summary>The value of a <c>fmtp</c> parameter.</summary>
    public static string Parameter(this RtpCodec codec, string name, string defaultValue)
    {
        foreach (var part in codec.Parameters.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Length > name.Length && part[name.Length] == '=' && part.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return part[(name.Length + 1)..];
        }

        return defaultValue;
    }

    /// <summary>The profile without the level: the first two bytes of profile-level-id; 42E0 is constrained baseline (RFC 6184, section 8.1).</summary>
    private static string ProfileOf(RtpCodec codec)
    {
        var value = codec.Parameter("profile-level-id", "42e01f");
        return value.Length == 6 ? value[..4] : value;
    }
}
