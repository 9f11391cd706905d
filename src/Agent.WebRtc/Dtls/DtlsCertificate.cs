using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agent.WebRtc.Sctp.Native;

namespace Agent.WebRtc.Dtls;

/// <summary>A self-signed ECDSA P-256 certificate and its SHA-256 fingerprint (RFC 8827, section 6.5).</summary>
public sealed class DtlsCertificate : IDisposable
{
    private static readonly TimeSpan Backdating = TimeSpan.FromDays(1);
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    private DtlsCertificate(byte[] certificate, byte[] privateKey)
    {
        Context = new DtlsContext(certificate, privateKey);
        Fingerprint = FormatFingerprint(SHA256.HashData(certificate));
    }

    /// <summary>The SHA-256 fingerprint as descriptions carry it: upper-case hexadecimal bytes with colons (RFC 8122, section 5).</summary>
    public string Fingerprint { get; }

    internal DtlsContext Context { get; }

    /// <summary>Makes a new key and certificate, valid from a day ago for a year.</summary>
    /// <param name="now">The wall-clock time.</param>
    /// <exception cref="WebRtc.Native.NativeLibraryException">OpenSSL, libsrtp or usrsctp is not installed: found out here, before the first connection.</exception>
    public static DtlsCertificate Create(DateTimeOffset now)
    {
        UsrsctpRuntime.EnsureInitialized();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=WebRTC", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now - Backdating, now + Validity);
        var privateKey = key.ExportECPrivateKey();
        var result = new DtlsCertificate(certificate.RawData, privateKey);
        CryptographicOperations.ZeroMemory(privateKey);
        return result;
    }

    /// <summary>Frees the key; connections made before keep working.</summary>
    public void Dispose() => Context.Dispose();

    internal static string FormatFingerprint(ReadOnlySpan<byte> hash) =>
        string.Join(':', Convert.ToHexString(hash).Chunk(2).Select(pair => new string(pair)));
}
