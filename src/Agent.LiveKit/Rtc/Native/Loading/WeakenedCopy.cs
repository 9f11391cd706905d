using System.Security.Cryptography;
using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc.Native.Loading;

/// <summary>
/// Gives a library in a form that loads: itself, or a copy with its Node.js imports weakened. Copies are kept in the user's cache under
/// the hash of the original, so that all processes map the same file. The install directory is only read.
/// </summary>
internal sealed class WeakenedCopy : IDisposable
{
    private readonly string? _temporaryDirectory;

    private WeakenedCopy(string path, string? temporaryDirectory)
    {
        Path = path;
        _temporaryDirectory = temporaryDirectory;
    }

    /// <summary>The file to load.</summary>
    internal string Path { get; }

    /// <param name="original">The library as installed.</param>
    /// <param name="cacheDirectory">Where copies are kept, or null if there is no such place.</param>
    /// <exception cref="ConfigurationException">The library cannot be read, is damaged, or there is nowhere to write a copy.</exception>
    internal static WeakenedCopy Of(string original, string? cacheDirectory)
    {
        byte[] content;
        int changed;
        string key;
        try
        {
            content = File.ReadAllBytes(original);
            if (!ElfWeakener.IsElf64(content))
                return new WeakenedCopy(original, temporaryDirectory: null);
            key = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
            changed = ElfWeakener.Weaken(content, "napi_"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ConfigurationException($"The native room library {original} cannot be used: {e.Message} Install it again: npm ci --prefix native", e);
        }

        if (changed == 0)
            return new WeakenedCopy(original, temporaryDirectory: null);
        return InCache(content, key, cacheDirectory) ?? InTemporary(content);
    }

    /// <summary>The library is mapped: a temporary copy's name is no longer needed.</summary>
    public void Dispose()
    {
        if (_temporaryDirectory is not null)
            Directory.Delete(_temporaryDirectory, recursive: true);
    }

    private static WeakenedCopy? InCache(byte[] content, string key, string? cacheDirectory)
    {
        if (cacheDirectory is null)
            return null;
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(cacheDirectory);
            else
                Directory.CreateDirectory(cacheDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (IsWritableByOthers(cacheDirectory))
                return null;
            var path = System.IO.Path.Combine(cacheDirectory, $"livekit-ffi-{key}.so");
            // The name is the original's hash, so it does not vouch for what is in the file: a copy that was cut short is made again.
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
            {
                var part = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
                File.WriteAllBytes(part, content);
                // Renaming is atomic: another process sees no file or a whole one, and one that is mapped stays as it is.
                File.Move(part, path, overwrite: true);
            }

            return new WeakenedCopy(path, temporaryDirectory: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static WeakenedCopy InTemporary(byte[] content)
    {
        try
        {
            var directory = Directory.CreateTempSubdirectory("livekit-ffi-").FullName;
            var path = System.IO.Path.Combine(directory, "livekit-ffi.so");
            File.WriteAllBytes(path, content);
            return new WeakenedCopy(path, directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"There is nowhere to write a loadable copy of the native room library ({content.Length / 1_000_000} MB): {e.Message} Make the home directory's .cache or {System.IO.Path.GetTempPath()} writable.", e);
        }
    }

    private static bool IsWritableByOthers(string directory) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(directory) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None;
}
