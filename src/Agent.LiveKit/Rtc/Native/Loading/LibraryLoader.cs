using System.Runtime.InteropServices;
using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc.Native.Loading;

/// <summary>Maps the native room library into the process.</summary>
internal static class LibraryLoader
{
    /// <summary>Loads the library and leaves it loaded: its threads live as long as the process.</summary>
    /// <param name="setting">A path from the settings, or null.</param>
    /// <exception cref="ConfigurationException">The library is missing or does not load.</exception>
    internal static FfiLibrary Load(string? setting)
    {
        setting ??= Environment.GetEnvironmentVariable(LibraryLocator.Variable);
        var path = LibraryLocator.Find(setting, AppContext.BaseDirectory);
        if (path is null)
        {
            return NativeLibrary.TryLoad(LibraryLocator.SystemName, typeof(LibraryLoader).Assembly, DllImportSearchPath.SafeDirectories, out var system)
                ? new FfiLibrary(system)
                : throw LibraryLocator.NotFound(AppContext.BaseDirectory);
        }

        using var copy = WeakenedCopy.Of(path, LibraryLocator.CacheDirectory());
        try
        {
            return new FfiLibrary(NativeLibrary.Load(copy.Path));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new ConfigurationException(
                $"The native room library {path} does not load: {e.Message.ReplaceLineEndings(" ")} It needs Linux x64 with glibc 2.28 or later; install it again (npm ci --prefix native) or name another one by {LibraryLocator.Variable}.", e);
        }
    }
}
