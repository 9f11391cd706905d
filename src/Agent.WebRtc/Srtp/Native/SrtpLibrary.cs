using System.Runtime.InteropServices;
using Agent.WebRtc.Native;

namespace Agent.WebRtc.Srtp.Native;

/// <summary>The C interface of libsrtp 2. The library is initialised once; a session belongs to one thread at a time.</summary>
internal static unsafe partial class SrtpLibrary
{
    public const int Ok = 0;
    public const int ReplayFailed = 9;
    public const int ReplayOld = 10;
    private const string Library = NativeLibraries.Srtp;

    static SrtpLibrary() => NativeLibraries.Register();

    /// <summary>Starts the library and keeps the profiles for which a session can really be created.</summary>
    public static IReadOnlyList<SrtpProfile> FindSupported(params ReadOnlySpan<SrtpProfile> candidates)
    {
        var status = Initialize();
        if (status != Ok) throw new NativeLibraryException($"libsrtp2 does not start (status {status}). Reinstall it: apt-get install --reinstall libsrtp2-1");
        var supported = new List<SrtpProfile>();
        var key = stackalloc byte[64];
        foreach (var profile in candidates)
        {
            var policy = new SrtpPolicy { SsrcType = SrtpPolicy.AnyOutbound, Key = key };
            if (SetRtp(&policy.Rtp, profile.Id) != Ok || SetRtcp(&policy.Rtcp, profile.Id) != Ok) continue;
            if (Create(out var session, &policy) == Ok) supported.Add(profile);
            session.Dispose();
        }

        return supported;
    }

    [LibraryImport(Library, EntryPoint = "srtp_crypto_policy_set_from_profile_for_rtp")]
    public static partial int SetRtp(SrtpCryptoPolicy* policy, int profile);

    [LibraryImport(Library, EntryPoint = "srtp_crypto_policy_set_from_profile_for_rtcp")]
    public static partial int SetRtcp(SrtpCryptoPolicy* policy, int profile);

    [LibraryImport(Library, EntryPoint = "srtp_create")]
    public static partial int Create(out SrtpSessionHandle session, SrtpPolicy* policy);

    [LibraryImport(Library, EntryPoint = "srtp_dealloc")]
    public static partial int Free(nint session);

    [LibraryImport(Library, EntryPoint = "srtp_protect")]
    public static partial int Protect(SrtpSessionHandle session, byte* packet, int* length);

    [LibraryImport(Library, EntryPoint = "srtp_unprotect")]
    public static partial int Unprotect(SrtpSessionHandle session, byte* packet, int* length);

    [LibraryImport(Library, EntryPoint = "srtp_protect_rtcp")]
    public static partial int ProtectRtcp(SrtpSessionHandle session, byte* packet, int* length);

    [LibraryImport(Library, EntryPoint = "srtp_unprotect_rtcp")]
    public static partial int UnprotectRtcp(SrtpSessionHandle session, byte* packet, int* length);

    [LibraryImport(Library, EntryPoint = "srtp_remove_stream")]
    public static partial int RemoveStream(SrtpSessionHandle session, uint ssrcNetworkOrder);

    [LibraryImport(Library, EntryPoint = "srtp_init")]
    private static partial int Initialize();
}
