using System.Runtime.InteropServices;
using Agent.Pipeline.Errors;

namespace Agent.Pipeline.Native;

/// <summary>Finds native libraries and models: an explicit setting, then <c>native/</c> beside the program, then the system's loader.</summary>
internal static class NativeFile
{
    internal static string Directory => Path.Combine(AppContext.BaseDirectory, "native");

    /// <exception cref="ConfigurationException">The file is nowhere.</exception>
    internal static string Find(string what, string? explicitPath, string fileName, string remedy)
    {
        var path = explicitPath ?? Path.Combine(Directory, fileName);
        return File.Exists(path)
            ? path
            : throw new ConfigurationException($"{what} was not found at {path}: {remedy}.");
    }

    /// <exception cref="ConfigurationException">The library is nowhere, or cannot be loaded.</exception>
    internal static nint LoadLibrary(string what, string? explicitPath, string fileName, string remedy)
    {
        if (explicitPath is not null)
        {
            return NativeLibrary.TryLoad(Find(what, explicitPath, fileName, remedy), out var named)
                ? named
                : throw new ConfigurationException($"{what} at {explicitPath} could not be loaded: it is no library for this machine; {remedy}.");
        }

        var beside = Path.Combine(Directory, fileName);
        if (NativeLibrary.TryLoad(beside, out var library) || NativeLibrary.TryLoad(fileName, out library))
            return library;
        throw new ConfigurationException($"{what} was found neither at {beside} nor by the system's loader as {fileName}: {remedy}.");
    }
}
