namespace Agent.WebRtc.Rtp;

/// <summary>Which id stands for which header extension in one media section; 0 where it was not negotiated.</summary>
internal sealed class HeaderExtensionMap
{
    public const int MaxOneByteId = 14;

    /// <summary>In the order of <see cref="HeaderExtensionKind"/>.</summary>
    private static readonly string[] Uris =
    [
        "urn:ietf:params:rtp-hdrext:sdes:mid",
        "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "urn:3gpp:video-orientation",
        "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
    ];

    private readonly byte[] _ids = new byte[Uris.Length];

    public byte this[HeaderExtensionKind kind]
    {
        get => _ids[(int)kind];
        set => _ids[(int)kind] = value;
    }

    public static string UriOf(HeaderExtensionKind kind) => Uris[(int)kind];

    public static bool TryFind(string uri, out HeaderExtensionKind kind)
    {
        var index = Array.IndexOf(Uris, uri);
        kind = (HeaderExtensionKind)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>What a sending section of ours offers.</summary>
    public static HeaderExtensionMap CreateFor(MediaKind kind)
    {
        var map = new HeaderExtensionMap { [HeaderExtensionKind.Mid] = 4 };
        if (kind == MediaKind.Audio)
        {
            map[HeaderExtensionKind.AudioLevel] = 1;
            return map;
        }

        map[HeaderExtensionKind.VideoOrientation] = 3;
        map[HeaderExtensionKind.PlayoutDelay] = 6;
        return map;
    }
}
