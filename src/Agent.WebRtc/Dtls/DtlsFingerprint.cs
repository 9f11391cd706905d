using System.Security.Cryptography;

namespace Agent.WebRtc.Dtls;

/// <summary>A certificate's hash as a description carries it (RFC 8122, section 5).</summary>
/// <param name="Algorithm">The hash function, e.g. <c>sha-256</c>.</param>
/// <param name="Value">Upper-case hexadecimal bytes with colons.</param>
internal sealed record DtlsFingerprint(string Algorithm, string Value)
{
    public bool IsSupported => Algorithm is "sha-256" or "sha-384" or "sha-512";

    public bool Matches(ReadOnlySpan<byte> certificate)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        var length = Algorithm switch
        {
            "sha-256" => SHA256.HashData(certificate, hash),
            "sha-384" => SHA384.HashData(certificate, hash),
            "sha-512" => SHA512.HashData(certificate, hash),
            _ => 0,
        };
        return length > 0 && DtlsCertificate.FormatFingerprint(hash[..length]).Equals(Value, StringComparison.OrdinalIgnoreCase);
    }
}
