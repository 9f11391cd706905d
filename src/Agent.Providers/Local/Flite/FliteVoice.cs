using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Agent.Pipeline.Errors;
using Agent.Providers.Local.Native;

namespace Agent.Providers.Local.Flite;

/// <summary>A voice of flite, loaded once and kept until the process ends, because flite's own list of voices refers to it.</summary>
internal sealed unsafe class FliteVoice
{
    /// <summary>The voices that make 16 kHz audio, the default first.</summary>
    public static readonly IReadOnlyList<string> Names = ["slt", "rms", "awb", "kal16"];

    public const int SampleRateHz = 16_000;

    private static readonly ConcurrentDictionary<string, Lazy<FliteVoice>> s_voices = new(StringComparer.Ordinal);
    private static readonly Lazy<nint> s_synthesis = new(static () =>
    {
        _ = FliteLibrary.Init();
        return NativeLibrary.GetExport(LocalLibraries.Require(FliteLibrary.File, FliteLibrary.Package, directory: null), "utt_synth");
    });

    private FliteVoice(string name, nint handle)
    {
        Name = name;
        Handle = handle;
    }

    public string Name { get; }

    /// <summary>The <c>cst_voice</c>.</summary>
    public nint Handle { get; }

    /// <summary>The address of <c>utt_synth</c>, which turns an utterance's text into sound.</summary>
    public static nint Synthesis => s_synthesis.Value;

    /// <summary>Loads the libraries of a voice, or says what to install.</summary>
    /// <exception cref="ConfigurationException">A library is missing.</exception>
    public static nint RequireLibraries(string name, string? directory)
    {
        // The voice's own library needs these three; loading them by name first lets a directory of their own work.
        LocalLibraries.Require(FliteLibrary.File, FliteLibrary.Package, directory);
        LocalLibraries.Require("libflite_usenglish.so.1", FliteLibrary.Package, directory);
        LocalLibraries.Require("libflite_cmulex.so.1", FliteLibrary.Package, directory);
        return LocalLibraries.Require($"libflite_cmu_us_{name}.so.1", FliteLibrary.Package, directory);
    }

    public static FliteVoice Load(string name, string? directory) =>
        s_voices.GetOrAdd(name, _ => new Lazy<FliteVoice>(() => Register(name, directory))).Value;

    private static FliteVoice Register(string name, string? directory)
    {
        var library = RequireLibraries(name, directory);
        _ = Synthesis;
        var register = (delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(library, $"register_cmu_us_{name}");
        var handle = register(nint.Zero);
        return handle != nint.Zero
            ? new FliteVoice(name, handle)
            : throw new ConfigurationException($"The flite voice '{name}' does not load. Install it again with: apt-get install --reinstall {FliteLibrary.Package}");
    }
}
