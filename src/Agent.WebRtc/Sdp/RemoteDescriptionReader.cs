using System.Globalization;
using Agent.WebRtc.Dtls;
using Agent.WebRtc.Ice;

namespace Agent.WebRtc.Sdp;

/// <summary>Understands a parsed description: transport parameters, then each section.</summary>
internal static class RemoteDescriptionReader
{
    private const int MaxMidLength = 64;

    /// <exception cref="SdpException">Something is missing or malformed.</exception>
    public static RemoteDescription Read(SdpSession session)
    {
        var media = new List<RemoteMedia>(session.Media.Count);
        var mids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < session.Media.Count; i++)
        {
            var section = session.Media[i];
            var mid = section.Find("mid") ?? i.ToString(CultureInfo.InvariantCulture);
            if (mid.Length is 0 or > MaxMidLength || !mids.Add(mid)) throw new SdpException("A section's mid is empty, too long, or used twice.");
            media.Add(RemoteMediaReader.Read(section, mid));
        }

        var transport = media.FirstOrDefault(section => !section.IsRejected)?.Source;
        if (transport is null) return new RemoteDescription { Media = media };
        return new RemoteDescription
        {
            Media = media,
            Credentials = ReadCredentials(session, transport),
            Fingerprint = ReadFingerprint(session, transport),
            Setup = ReadSetup(transport.Find("setup") ?? session.Find("setup")),
            Candidates = [.. ReadCandidates(session)],
        };
    }

    private static IceCredentials ReadCredentials(SdpSession session, SdpMedia transport)
    {
        var ufrag = transport.Find("ice-ufrag") ?? session.Find("ice-ufrag");
        var password = transport.Find("ice-pwd") ?? session.Find("ice-pwd");
        if (ufrag is null || password is null) throw new SdpException("The description has no ice-ufrag and ice-pwd.");
        if (!IceCredentials.IsValid(ufrag, password)) throw new SdpException("ice-ufrag has 4 to 256 and ice-pwd 22 to 256 printable characters.");
        return new IceCredentials(ufrag, password);
    }

    private static DtlsFingerprint ReadFingerprint(SdpSession session, SdpMedia transport)
    {
        var attributes = transport.Has("fingerprint") ? transport.Attributes : session.Attributes;
        foreach (var attribute in attributes)
        {
            if (attribute.Name != "fingerprint") continue;
            var space = attribute.Value.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0) continue;
            var fingerprint = new DtlsFingerprint(attribute.Value[..space].ToLowerInvariant(), attribute.Value[(space + 1)..].Trim());
            if (fingerprint.IsSupported) return fingerprint;
        }

        throw new SdpException("The description has no fingerprint by sha-256, sha-384 or sha-512.");
    }

    private static SetupRole ReadSetup(string? value) => value switch
    {
        "actpass" => SetupRole.ActPass,
        "active" => SetupRole.Active,
        "passive" => SetupRole.Passive,
        _ => throw new SdpException("The description has no setup of actpass, active or passive."),
    };

    private static IEnumerable<IceCandidate> ReadCandidates(SdpSession session)
    {
        foreach (var section in session.Media)
        {
            foreach (var attribute in section.Attributes)
            {
                if (attribute.Name != "candidate") continue;
                if (!IceCandidate.TryParse(attribute.Value, out var candidate)) throw new SdpException("A candidate is malformed.");
                if (candidate is not null) yield return candidate;
            }
        }
    }
}
