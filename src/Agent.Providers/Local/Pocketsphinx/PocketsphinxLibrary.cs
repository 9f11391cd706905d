using System.Runtime.InteropServices;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>
/// What is called of libpocketsphinx and libsphinxbase 5prealpha; names and signatures are those of their headers pocketsphinx.h,
/// cmd_ln.h, err.h, feat.h and cmn.h.
/// </summary>
internal static unsafe partial class PocketsphinxLibrary
{
    public const string File = "libpocketsphinx.so.3";
    public const string Package = "libpocketsphinx3";
    public const string SphinxbaseFile = "libsphinxbase.so.3";
    public const string SphinxbasePackage = "libsphinxbase3";

    [LibraryImport(File, EntryPoint = "ps_args")]
    public static partial nint ArgumentDefinitions();

    [LibraryImport(File, EntryPoint = "ps_init")]
    public static partial DecoderHandle Init(nint configuration);

    [LibraryImport(File, EntryPoint = "ps_free")]
    public static partial int Free(nint decoder);

    [LibraryImport(File, EntryPoint = "ps_start_stream")]
    public static partial int StartStream(DecoderHandle decoder);

    [LibraryImport(File, EntryPoint = "ps_start_utt")]
    public static partial int StartUtterance(DecoderHandle decoder);

    [LibraryImport(File, EntryPoint = "ps_process_raw")]
    public static partial int ProcessRaw(DecoderHandle decoder, short* samples, nuint count, int noSearch, int fullUtterance);

    [LibraryImport(File, EntryPoint = "ps_end_utt")]
    public static partial int EndUtterance(DecoderHandle decoder);

    /// <summary>The text belongs to the decoder and lives until its next call.</summary>
    [LibraryImport(File, EntryPoint = "ps_get_hyp")]
    public static partial byte* Hypothesis(DecoderHandle decoder, int* score);

    [LibraryImport(File, EntryPoint = "ps_seg_iter")]
    public static partial nint FirstSegment(DecoderHandle decoder);

    /// <summary>Frees the iterator and returns zero at the end.</summary>
    [LibraryImport(File, EntryPoint = "ps_seg_next")]
    public static partial nint NextSegment(nint segment);

    [LibraryImport(File, EntryPoint = "ps_seg_word")]
    public static partial byte* SegmentWord(nint segment);

    [LibraryImport(File, EntryPoint = "ps_seg_frames")]
    public static partial void SegmentFrames(nint segment, int* first, int* last);

    [LibraryImport(File, EntryPoint = "ps_get_feat")]
    public static partial Features* GetFeatures(DecoderHandle decoder);

    [LibraryImport(SphinxbaseFile, EntryPoint = "cmd_ln_parse_r")]
    public static partial nint ParseArguments(nint previous, nint definitions, int count, byte** arguments, int strict);

    [LibraryImport(SphinxbaseFile, EntryPoint = "cmd_ln_free_r")]
    public static partial int FreeArguments(nint configuration);

    [LibraryImport(SphinxbaseFile, EntryPoint = "err_set_callback")]
    public static partial void SetLogCallback(delegate* unmanaged[Cdecl]<nint, int, byte*, nint, nint, nint, nint, void> callback, nint userData);

    [LibraryImport(SphinxbaseFile, EntryPoint = "err_set_logfp")]
    public static partial void SetLogFile(nint stream);

    [LibraryImport(SphinxbaseFile, EntryPoint = "cmn_live_set")]
    public static partial void SetCepstralMean(CepstralMean* cepstralMean, float* mean);

    [LibraryImport(SphinxbaseFile, EntryPoint = "cmn_live_update")]
    public static partial void UpdateCepstralMean(CepstralMean* cepstralMean);

    /// <summary>struct feat_s, as far as it is read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Features
    {
        public int ReferenceCount;
        public nint Name;
        public int CepstrumLength;
        public int StreamCount;
        public nint StreamLengths;
        public int WindowSize;
        public int SubvectorCount;
        public nint SubvectorLengths;
        public nint Subvectors;
        public nint SubvectorBuffer;
        public int SubvectorDimension;
        public int CepstralMeanKind;
        public int VarianceNormalization;
        public int GainControlKind;
        public nint ComputeFeatures;
        public CepstralMean* CepstralMean;
    }

    /// <summary>struct cmn_t: the running mean of the speaker's spectrum, which is taken off before it is compared with the model.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct CepstralMean
    {
        public float* Mean;
        public float* Variance;
        public float* Sum;
        public int FrameCount;
        public int Length;
    }
}
