using System.Globalization;
using System.Net;

namespace Agent.WebRtc.Ice;

/// <summary>A candidate (RFC 8839, section 5.1) with an IP address over UDP.</summary>
/// <param name="Foundation">The foundation.</param>
/// <param name="Component">1 for RTP, 2 for RTCP.</param>
/// <param name="Priority">The priority.</param>
/// <param name="Address">Where it can be reached.</param>
/// <param name="Type">host, srflx, prflx or relay.</param>
internal sealed record IceCandidate(string Foundation, int Component, uint Priority, TransportAddress Address, string Type)
{
    private const uint HostPreference = 126; // RFC 8445, section 5.1.2.2

    /// <param name="address">The address.</param>
    /// <param name="rank">0 for the best.</param>
    public static IceCandidate CreateHost(TransportAddress address, int rank) =>
        new((rank + 1).ToString(CultureInfo.InvariantCulture), 1, (HostPreference << 24) | ((uint)(65_535 - rank) << 8) | 255, address, "host");

    /// <summary>Reads a candidate; TCP candidates and host names (mDNS) give null, since no check can be sent to them.</summary>
    /// <returns>False when it is malformed; a candidate that cannot be used is null.</returns>
    public static bool TryParse(ReadOnlySpan<char> line, out IceCandidate? candidate)
    {
        candidate = null;
        line = line.Trim();
        if (line.StartsWith("a=", StringComparison.Ordinal)) line = line[2..];
        if (line.StartsWith("candidate:", StringComparison.Ordinal)) line = line["candidate:".Length..];
        Span<Range> parts = stackalloc Range[10];
        var count = line.Split(parts, ' ', StringSplitOptions.RemoveEmptyEntries);
        if (count < 8 || !line[parts[6]].Equals("typ", StringComparison.OrdinalIgnoreCase)) return false;
        if (!int.TryParse(line[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var component)
            || !uint.TryParse(line[parts[3]], NumberStyles.None, CultureInfo.InvariantCulture, out var priority)
            || !ushort.TryParse(line[parts[5]], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        if (!line[parts[2]].Equals("udp", StringComparison.OrdinalIgnoreCase) || !IPAddress.TryParse(line[parts[4]], out var address)) return true;
        var endPoint = TransportAddress.From(new IPEndPoint(address, port));
        candidate = new IceCandidate(line[parts[0]].ToString(), component, priority, endPoint, line[parts[7]].ToString());
        return true;
    }

    /// <summary>The attribute's value without <c>a=</c>.</summary>
    public override string ToString()
    {
        var endPoint = Address.ToIPEndPoint();
        return string.Create(CultureInfo.InvariantCulture, $"candidate:{Foundation} {Component} udp {Priority} {endPoint.Address} {endPoint.Port} typ {Type}");
    }
}
