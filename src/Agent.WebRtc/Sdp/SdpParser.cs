using System.Globalization;

namespace Agent.WebRtc.Sdp;

/// <summary>Reads a session description line by line; line types that WebRTC does not use are skipped.</summary>
internal static class SdpParser
{
    private const int MaxLength = 1024 * 1024;
    private const int MaxMedia = 1024;
    private const int MaxFormats = 256;

    /// <exception cref="SdpException">The text is no session description.</exception>
    public static SdpSession Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength) throw new SdpException($"A description has at most {MaxLength} characters, not {text.Length}.");
        var session = new SdpSession();
        var isFirst = true;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd();
            if (line.IsEmpty) continue;
            if (line.Length < 2 || line[1] != '=') throw new SdpException("A description has a line that is not of the form x=…");
            if (isFirst && !line.SequenceEqual("v=0")) throw new SdpException("A description starts with v=0.");
            isFirst = false;
            var value = line[2..];
            if (line[0] == 'm') session.Media.Add(ParseMedia(value, session.Media.Count));
            else if (line[0] == 'a') (session.Media.Count == 0 ? session.Attributes : session.Media[^1].Attributes).Add(ParseAttribute(value));
        }

        if (isFirst) throw new SdpException("The description is empty.");
        return session;
    }

    private static SdpAttribute ParseAttribute(ReadOnlySpan<char> value)
    {
        var colon = value.IndexOf(':');
        return colon < 0 ? new SdpAttribute(value.ToString(), "") : new SdpAttribute(value[..colon].ToString(), value[(colon + 1)..].Trim().ToString());
    }

    private static SdpMedia ParseMedia(ReadOnlySpan<char> value, int count)
    {
        if (count == MaxMedia) throw new SdpException($"A description has at most {MaxMedia} media sections.");
        var parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 4 or > MaxFormats + 3) throw new SdpException($"A media line has 4 to {MaxFormats + 3} fields, not {parts.Length}.");
        var port = parts[1].AsSpan();
        var slash = port.IndexOf('/');
        if (slash >= 0) port = port[..slash];
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new SdpException("A media line's port is not a number.");
        return new SdpMedia(parts[0], number, parts[2], parts[3..]);
    }
}
