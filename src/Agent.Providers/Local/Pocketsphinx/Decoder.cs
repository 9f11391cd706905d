using System.Runtime.InteropServices;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Audio;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>One native decoder. Used by one thread at a time.</summary>
internal sealed unsafe class Decoder : IDisposable
{
    public const int SampleRateHz = 16_000;

    /// <summary>Samples in the blocks of 10 ms that a <see cref="SpeechGate"/> takes.</summary>
    public const int BlockSamples = SampleRateHz / 100;

    /// <summary>Frames in which the decoder counts, per second.</summary>
    private const int FramesPerSecond = 100;

    private readonly DecoderHandle _handle;
    private readonly PocketsphinxLibrary.CepstralMean* _mean;
    private readonly float[] _initialMean;

    private Decoder(DecoderHandle handle)
    {
        _handle = handle;
        _mean = PocketsphinxLibrary.GetFeatures(handle)->CepstralMean;
        _initialMean = new ReadOnlySpan<float>(_mean->Mean, _mean->Length).ToArray();
    }

    /// <summary>Loads the models; takes a few hundred milliseconds.</summary>
    /// <exception cref="ProviderException">The decoder does not accept the models.</exception>
    public static Decoder Load(PocketsphinxOptions options)
    {
        string[] arguments =
        [
            "agent",
            "-hmm", options.AcousticModel,
            "-lm", options.LanguageModel,
            "-dict", options.Dictionary,
            .. DecoderTuning.Arguments,
        ];
        var texts = new nint[arguments.Length];
        var configuration = nint.Zero;
        try
        {
            for (var i = 0; i < arguments.Length; i++)
                texts[i] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
            fixed (nint* pointers = texts)
                configuration = PocketsphinxLibrary.ParseArguments(nint.Zero, PocketsphinxLibrary.ArgumentDefinitions(), texts.Length, (byte**)pointers, strict: 1);
            if (configuration == nint.Zero)
                throw Refused();
            var handle = PocketsphinxLibrary.Init(configuration);
            return handle.IsInvalid ? throw Refused() : new Decoder(handle);
        }
        finally
        {
            if (configuration != nint.Zero)
                _ = PocketsphinxLibrary.FreeArguments(configuration);
            foreach (var text in texts)
                Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Begins a segment.</summary>
    /// <param name="voice">What is known of the speaker's channel from earlier segments; null for a new speaker.</param>
    public void Begin(float[]? voice)
    {
        var start = voice ?? _initialMean;
        fixed (float* mean = start)
            PocketsphinxLibrary.SetCepstralMean(_mean, mean);
        _mean->FrameCount = voice is null ? DecoderTuning.StrangerFrames : DecoderTuning.AcquaintanceFrames;
        for (var i = 0; i < start.Length; i++)
            _mean->Sum[i] = start[i] * _mean->FrameCount;
        Check(PocketsphinxLibrary.StartStream(_handle));
        Check(PocketsphinxLibrary.StartUtterance(_handle));
    }

    /// <summary>Lets what was heard of the speaker so far count for what follows, so that even a first short sentence is heard well.</summary>
    public void Adapt() => PocketsphinxLibrary.UpdateCepstralMean(_mean);

    /// <summary>Decodes the next samples.</summary>
    public void Process(ReadOnlySpan<short> samples)
    {
        fixed (short* first = samples)
            Check(PocketsphinxLibrary.ProcessRaw(_handle, first, (nuint)samples.Length, noSearch: 0, fullUtterance: 0));
    }

    /// <summary>Ends the segment; the hypothesis stays readable until the next one begins.</summary>
    /// <returns>What is now known of the speaker's channel.</returns>
    public float[] End()
    {
        Check(PocketsphinxLibrary.EndUtterance(_handle));
        return new ReadOnlySpan<float>(_mean->Mean, _mean->Length).ToArray();
    }

    /// <summary>The words so far, in lower case; empty when there are none.</summary>
    public string Hypothesis()
    {
        var text = PocketsphinxLibrary.Hypothesis(_handle, null);
        return text is null ? "" : Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    /// <summary>The times of the words so far, from the beginning of the segment plus <paramref name="offset"/>.</summary>
    public IReadOnlyList<WordTiming> Words(TimeSpan offset)
    {
        var words = new List<WordTiming>();
        for (var segment = PocketsphinxLibrary.FirstSegment(_handle); segment != nint.Zero; segment = PocketsphinxLibrary.NextSegment(segment))
        {
            var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(PocketsphinxLibrary.SegmentWord(segment));
            if (text.IsEmpty || text[0] is (byte)'<' or (byte)'[' or (byte)'+')
                continue; // silence, breath, noise
            var variant = text.IndexOf((byte)'('); // the second pronunciation of a word is written word(2)
            int first, last;
            PocketsphinxLibrary.SegmentFrames(segment, &first, &last);
            words.Add(new WordTiming(
                System.Text.Encoding.UTF8.GetString(variant > 0 ? text[..variant] : text),
                offset + TimeSpan.FromSeconds((double)first / FramesPerSecond),
                offset + TimeSpan.FromSeconds((double)(last + 1) / FramesPerSecond)));
        }

        return words;
    }

    public void Dispose() => _handle.Dispose();

    private static ProviderException Refused() => new(
        PocketsphinxSpeechToText.ProviderName,
        ProviderErrorKind.BadRequest,
        "local/pocketsphinx does not accept its models; the log of category PocketsphinxSpeechToText has its reason. Set Providers:Local:Pocketsphinx to models that belong together.");

    private static void Check(int result)
    {
        if (result < 0)
            throw new ProviderException(PocketsphinxSpeechToText.ProviderName, ProviderErrorKind.Protocol, $"local/pocketsphinx failed while decoding (code {result}).");
    }
}
