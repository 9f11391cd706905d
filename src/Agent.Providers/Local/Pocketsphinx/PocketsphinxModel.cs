using Agent.Pipeline.Errors;
using Agent.Providers.Local.Native;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>The files that a decoder needs. They are checked before they are given to native code, which ends the process over a broken one.</summary>
internal static class PocketsphinxModel
{
    private const string Package = "pocketsphinx-en-us";

    private static readonly string[] s_acousticFiles = ["mdef", "means", "variances", "transition_matrices", "feat.params"];

    /// <summary>Finds libraries and files, or says what to install or to set.</summary>
    /// <exception cref="ConfigurationException">Something is missing.</exception>
    public static void Require(PocketsphinxOptions options)
    {
        LocalLibraries.Require(PocketsphinxLibrary.SphinxbaseFile, PocketsphinxLibrary.SphinxbasePackage, options.LibraryDirectory);
        LocalLibraries.Require(PocketsphinxLibrary.File, PocketsphinxLibrary.Package, options.LibraryDirectory);
        foreach (var file in s_acousticFiles)
            RequireFile(Path.Combine(options.AcousticModel, file), "acoustic model", nameof(PocketsphinxOptions.AcousticModel));
        RequireFile(options.LanguageModel, "language model", nameof(PocketsphinxOptions.LanguageModel));
        RequireFile(options.Dictionary, "pronunciation dictionary", nameof(PocketsphinxOptions.Dictionary));
    }

    private static void RequireFile(string path, string what, string setting)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            throw new ConfigurationException(
                $"The {what} of local/pocketsphinx is missing: {path} does not exist or is empty. Install it with: apt-get install {Package}, or set Providers:Local:Pocketsphinx:{setting}.");
        }
    }
}
