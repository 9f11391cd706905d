using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Agent.WebRtc.Native;

/// <summary>Where OpenSSL and libsrtp come from: a Debian package each, loaded by their versioned names.</summary>
internal static class NativeLibraries
{
    public const string Ssl = "ssl";
    public const string Crypto = "crypto";
    public const string Srtp = "srtp2";

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    /// <summary>Called before the first native call of each library: running the static constructor is what it does.</summary>
    public static void Register() => RuntimeHelpers.RunClassConstructor(typeof(NativeLibraries).TypeHandle);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name switch
    {
        Ssl => Load("libssl.so.3", "libssl3"),
        Crypto => Load("libcrypto.so.3", "libssl3"),
        Srtp => Load("libsrtp2.so.1", "libsrtp2-1"),
        _ => 0,
    };

    internal static nint Load(string file, string package)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "native", file);
        if (File.Exists(beside)) return LoadFile(beside, package);
        if (NativeLibrary.TryLoad(file, out var handle)) return handle;
        throw new NativeLibraryException(
            $"{file} was found neither as {beside} nor by the system's loader. Install it: apt-get install {package}");
    }

    private static nint LoadFile(string path, string package)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryException($"{path} cannot be loaded. Remove it to use the system's, which this installs: apt-get install {package}", e);
        }
    }
}
