using Agent.WebRtc.Srtp.Native;

namespace Agent.WebRtc.Srtp;

/// <summary>A DTLS-SRTP protection profile (RFC 5764, section 4.1.2; RFC 7714, section 14.2).</summary>
/// <param name="Id">Its number on the wire, which is also libsrtp's.</param>
/// <param name="OpenSslName">What OpenSSL calls it.</param>
/// <param name="KeyLength">The master key's length in bytes.</param>
/// <param name="SaltLength">The master salt's length in bytes.</param>
internal sealed record SrtpProfile(int Id, string OpenSslName, int KeyLength, int SaltLength)
{
    // Lazy, so that a missing library is reported as such and not as a type that cannot be initialised.
    private static readonly Lazy<IReadOnlyList<SrtpProfile>> LazySupported = new(() => SrtpLibrary.FindSupported(Aes128Gcm!, Aes128CmSha1!, Aes256Gcm!));

    public static SrtpProfile Aes128CmSha1 { get; } = new(1, "SRTP_AES128_CM_SHA1_80", 16, 14);

    public static SrtpProfile Aes128Gcm { get; } = new(7, "SRTP_AEAD_AES_128_GCM", 16, 12);

    public static SrtpProfile Aes256Gcm { get; } = new(8, "SRTP_AEAD_AES_256_GCM", 32, 12);

    /// <summary>What the installed libsrtp can do, best first: builds without a crypto library have no GCM.</summary>
    public static IReadOnlyList<SrtpProfile> Supported => LazySupported.Value;

    public static SrtpProfile? Find(int id) => Supported.FirstOrDefault(profile => profile.Id == id);
}
