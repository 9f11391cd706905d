using System.Runtime.InteropServices;

namespace Agent.Providers.Local.Flite;

/// <summary>What is called of libflite 2.2; names and signatures are those of its headers flite.h, cst_utterance.h, cst_audio.h and cst_item.h.</summary>
internal static unsafe partial class FliteLibrary
{
    public const string File = "libflite.so.1";
    public const string Package = "libflite1";

    /// <summary>Returned by a stream callback: go on (cst_audio.h, CST_AUDIO_STREAM_CONT).</summary>
    public const int Continue = 0;

    /// <summary>Returned by a stream callback: make no more sound (cst_audio.h, CST_AUDIO_STREAM_STOP).</summary>
    public const int Stop = -1;

    [LibraryImport(File, EntryPoint = "flite_init")]
    public static partial int Init();

    [LibraryImport(File, EntryPoint = "new_utterance")]
    public static partial Utterance* NewUtterance();

    [LibraryImport(File, EntryPoint = "delete_utterance")]
    public static partial void DeleteUtterance(Utterance* utterance);

    [LibraryImport(File, EntryPoint = "utt_set_input_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetInputText(Utterance* utterance, string text);

    [LibraryImport(File, EntryPoint = "flite_do_synth")]
    public static partial Utterance* Synthesize(Utterance* utterance, nint voice, nint synthesis);

    [LibraryImport(File, EntryPoint = "new_audio_streaming_info")]
    public static partial StreamingInfo* NewStreamingInfo();

    [LibraryImport(File, EntryPoint = "audio_streaming_info_val")]
    public static partial nint StreamingInfoValue(StreamingInfo* info);

    /// <summary><paramref name="name"/> is kept by reference: it must never be freed.</summary>
    [LibraryImport(File, EntryPoint = "flite_feat_set")]
    public static partial void SetFeature(nint features, byte* name, nint value);

    [LibraryImport(File, EntryPoint = "flite_feat_set_float")]
    public static partial void SetFeatureFloat(nint features, byte* name, float value);

    [LibraryImport(File, EntryPoint = "utt_relation")]
    public static partial Relation* FindRelation(Utterance* utterance, byte* name);

    [LibraryImport(File, EntryPoint = "utt_relation_present")]
    public static partial int HasRelation(Utterance* utterance, byte* name);

    [LibraryImport(File, EntryPoint = "item_next")]
    public static partial nint NextItem(nint item);

    [LibraryImport(File, EntryPoint = "flite_path_to_item")]
    public static partial nint PathToItem(nint item, byte* path);

    [LibraryImport(File, EntryPoint = "flite_ffeature_float")]
    public static partial float FeatureFloat(nint item, byte* path);

    [LibraryImport(File, EntryPoint = "item_feat_present")]
    public static partial int HasFeature(nint item, byte* name);

    [LibraryImport(File, EntryPoint = "item_feat_string")]
    public static partial byte* FeatureString(nint item, byte* name);

    /// <summary>struct cst_utterance_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Utterance
    {
        public nint Features;
        public nint FeatureFunctions;
        public nint Relations;
        public nint Context;
    }

    /// <summary>struct cst_relation_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Relation
    {
        public nint Name;
        public nint Features;
        public nint Utterance;
        public nint Head;
        public nint Tail;
    }

    /// <summary>struct cst_wave_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Wave
    {
        public nint Type;
        public int SampleRate;
        public int SampleCount;
        public int ChannelCount;
        public short* Samples;
    }

    /// <summary>struct cst_audio_streaming_info_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct StreamingInfo
    {
        /// <summary>Samples to collect before the next call.</summary>
        public int MinimumSamples;
        public delegate* unmanaged[Cdecl]<Wave*, int, int, int, StreamingInfo*, int> Callback;
        public Utterance* Utterance;
        public nint Item;
        public nint UserData;
    }
}
