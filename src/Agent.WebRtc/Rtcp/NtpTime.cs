namespace Agent.WebRtc.Rtcp;

/// <summary>NTP timestamps: seconds since 1900 with 32 fractional bits (RFC 3550, section 4).</summary>
internal static class NtpTime
{
    private static readonly DateTimeOffset Era = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ulong From(DateTimeOffset time)
    {
        var ticks = (UInt128)(ulong)(time - Era).Ticks;
        return (ulong)((ticks << 32) / TimeSpan.TicksPerSecond);
    }
}
