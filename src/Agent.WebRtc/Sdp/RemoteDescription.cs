using Agent.WebRtc.Dtls;
using Agent.WebRtc.Ice;

namespace Agent.WebRtc.Sdp;

/// <summary>A remote description, understood and checked; sections are bundled over one transport (RFC 8843).</summary>
internal sealed class RemoteDescription
{
    public required IReadOnlyList<RemoteMedia> Media { get; init; }

    /// <summary>Null when every section is rejected.</summary>
    public IceCredentials? Credentials { get; init; }

    public DtlsFingerprint? Fingerprint { get; init; }

    public SetupRole Setup { get; init; }

    public IReadOnlyList<IceCandidate> Candidates { get; init; } = [];
}
