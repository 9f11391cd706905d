using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Agent.WebRtc.Dtls.Native;
using Agent.WebRtc.Srtp;

namespace Agent.WebRtc.Dtls;

/// <summary>What all sessions with one certificate share: DTLS 1.2, forward-secret ciphers, the SRTP profiles.</summary>
internal sealed unsafe class DtlsContext : IDisposable
{
    // The mandatory suite of RFC 8827, section 6.5, first. Others than GCM would only serve clients that cannot be here (see DtlsRecord).
    private const string Ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";

    public DtlsContext(byte[] certificate, byte[] privateKey)
    {
        Handle = OpenSsl.NewContext(OpenSsl.DtlsMethod());
        if (Handle.IsInvalid) throw DtlsError.Create("create a context");
        fixed (byte* data = certificate) Require(OpenSsl.UseCertificate(Handle, certificate.Length, data), "take the certificate");
        fixed (byte* data = privateKey) Require(OpenSsl.UsePrivateKey(OpenSsl.KeyTypeEc, Handle, data, privateKey.Length), "take the private key");
        Require(OpenSsl.SetCipherList(Handle, Ciphers), "take the cipher list");
        Require(OpenSsl.ControlContext(Handle, OpenSsl.ControlSetMinProtocolVersion, OpenSsl.Dtls12, 0), "require DTLS 1.2");
        OpenSsl.SetContextOptions(Handle, OpenSsl.OptionNoQueryMtu | OpenSsl.OptionNoTicket | OpenSsl.OptionNoRenegotiation);
        OpenSsl.ControlContext(Handle, OpenSsl.ControlSetSessionCacheMode, 0, 0);
        Require(1 - OpenSsl.SetSrtpProfiles(Handle, string.Join(':', SrtpProfile.Supported.Select(profile => profile.OpenSslName))), "take the SRTP profiles");

        // Certificates are self-signed: what proves the peer is the fingerprint from signalling, checked after the handshake.
        OpenSsl.SetVerify(Handle, OpenSsl.VerifyPeer | OpenSsl.VerifyFailIfNoPeerCertificate, 0);
        OpenSsl.SetCertificateVerification(Handle, &AcceptCertificate, 0);
    }

    public SslContextHandle Handle { get; }

    public void Dispose() => Handle.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AcceptCertificate(nint store, nint tag) => 1;

    private static void Require(nint result, string what)
    {
        if (result != 1) throw DtlsError.Create(what);
    }
}
