using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using Agent.Pipeline.Errors;

namespace Agent.Providers.Local.Native;

/// <summary>
/// Finds the system libraries of the local engines: in a directory set for them, beside the program under <c>native/</c>, then where
/// the system's loader looks. A library stays loaded until the process ends.
/// </summary>
internal static class LocalLibraries
{
    private static readonly ConcurrentDictionary<string, nint> s_loaded = new(StringComparer.Ordinal);

    /// <summary>Loads a library, or says what to install. Has to be called for each library before anything is imported from it.</summary>
    /// <param name="file">The library's file name with its version, e.g. <c>libflite.so.1</c>.</param>
    /// <param name="package">The Debian package that holds it.</param>
    /// <param name="directory">A directory to look in first; null for none.</param>
    /// <exception cref="ConfigurationException">It cannot be found or loaded.</exception>
    public static nint Require(string file, string package, string? directory)
    {
        if (s_loaded.TryGetValue(file, out var known))
            return known;
        List<string> tried = [];
        foreach (var candidate in Candidates(file, directory))
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
                return s_loaded.GetOrAdd(file, handle);
            tried.Add(candidate);
        }

        throw new ConfigurationException(
            $"The library {file} cannot be loaded (tried {string.Join(", ", tried)}). Install it with: apt-get install {package}");
    }

    static LocalLibraries() => NativeLibrary.SetDllImportResolver(typeof(LocalLibraries).Assembly, Resolve);

    private static nint Resolve(string file, Assembly assembly, DllImportSearchPath? path) =>
        s_loaded.TryGetValue(file, out var handle) ? handle : nint.Zero;

    private static IEnumerable<string> Candidates(string file, string? directory)
    {
        if (directory is not null)
            yield return Path.Combine(directory, file);
        yield return Path.Combine(AppContext.BaseDirectory, "native", file);
        yield return file;
    }
}
