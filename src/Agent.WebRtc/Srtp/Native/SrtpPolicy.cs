using System.Runtime.InteropServices;

namespace Agent.WebRtc.Srtp.Native;

/// <summary><c>srtp_policy_t</c> of libsrtp 2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SrtpPolicy
{
    public const int AnyInbound = 2;
    public const int AnyOutbound = 3;

    public int SsrcType;
    public uint SsrcValue;
    public SrtpCryptoPolicy Rtp;
    public SrtpCryptoPolicy Rtcp;
    public byte* Key;
    public nint Keys;
    public nuint KeyCount;
    public nint Deprecated;
    public nuint WindowSize;
    public int AllowRepeatedSending;
    public nint EncryptedExtensions;
    public int EncryptedExtensionCount;
    public nint Next;
}
