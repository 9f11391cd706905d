using System.Runtime.InteropServices;

namespace Agent.WebRtc.Srtp.Native;

/// <summary><c>srtp_crypto_policy_t</c>; libsrtp fills it in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SrtpCryptoPolicy
{
    public uint CipherType;
    public int CipherKeyLength;
    public uint AuthenticationType;
    public int AuthenticationKeyLength;
    public int AuthenticationTagLength;
    public int Services;
}
