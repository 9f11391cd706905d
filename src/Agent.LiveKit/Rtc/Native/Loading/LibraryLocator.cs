using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc.Native.Loading;

/// <summary>Finds the native room library: a setting, the program's <c>native</c> folder, then whatever the system's loader knows.</summary>
internal static class LibraryLocator
{
    /// <summary>The environment variable that names the library's path.</summary>
    internal const string Variable = "LIVEKIT_FFI_LIBRARY";

    /// <summary>The name by which the system's loader is asked last.</summary>
    internal const string SystemName = "livekit_ffi";

    private static readonly string[] s_fileNames = ["rtc-node.linux-x64-gnu.node", "liblivekit_ffi.so"];

    /// <summary>The paths to try, in order, without asking the system's loader.</summary>
    internal static IEnumerable<string> Candidates(string? setting, string programDirectory) => string.IsNullOrWhiteSpace(setting)
        ? s_fileNames.Select(name => Path.Combine(programDirectory, "native", name))
        : [setting];

    /// <summary>The first candidate that exists; null if only the system's loader is left.</summary>
    /// <exception cref="ConfigurationException">The setting names a file that does not exist.</exception>
    internal static string? Find(string? setting, string programDirectory)
    {
        var found = Candidates(setting, programDirectory).FirstOrDefault(File.Exists);
        if (found is null && !string.IsNullOrWhiteSpace(setting))
            throw new ConfigurationException($"The native room library '{setting}' does not exist. Correct the setting ({Variable} or RtcRuntimeOptions.LibraryPath), or remove it to use the installed one.");
        return found;
    }

    /// <summary>The error when nothing was found.</summary>
    internal static ConfigurationException NotFound(string programDirectory, Exception? cause = null)
    {
        var tried = string.Join(", ", Candidates(setting: null, programDirectory)) + ", lib" + SystemName + ".so";
        return new ConfigurationException(
            $"The native room library is missing. Tried {tried}. Install it: ./run, or npm ci --prefix native; or name another one by {Variable}.", cause!);
    }

    /// <summary>The user's cache directory for loadable copies; null where there is none.</summary>
    internal static string? CacheDirectory()
    {
        var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(root) || !Path.IsPathRooted(root))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (string.IsNullOrEmpty(home) || !Directory.Exists(home))
                return null;
            root = Path.Combine(home, ".cache");
        }

        return Path.Combine(root, "agent-livekit");
    }
}
