using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Agent.Pipeline.Errors;

namespace Agent.Providers.Local.Flite;

/// <summary>One clause on its way through flite: hands its sound on while it is being made. Used by one thread.</summary>
internal sealed unsafe class FliteUtterance : IDisposable
{
    /// <summary>Sound is handed on in pieces a little over this, in samples: 20 ms.</summary>
    private const int PieceSamples = FliteVoice.SampleRateHz / 50;

    private readonly IFliteListener _listener;
    private readonly GCHandle _self;
    private FliteLibrary.Utterance* _utterance;
    private bool _wordsKnown;

    private FliteUtterance(IFliteListener listener)
    {
        _listener = listener;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Speaks a clause from beginning to end, unless the listener stops it.</summary>
    /// <exception cref="ProviderException">flite refused the text.</exception>
    public static void Speak(FliteVoice voice, string text, double durationStretch, IFliteListener listener)
    {
        using var utterance = new FliteUtterance(listener);
        utterance.Run(voice, text, durationStretch);
    }

    public void Dispose()
    {
        if (_utterance is not null)
            FliteLibrary.DeleteUtterance(_utterance);
        _utterance = null;
        _self.Free();
    }

    private void Run(FliteVoice voice, string text, double durationStretch)
    {
        _utterance = FliteLibrary.NewUtterance();
        FliteLibrary.SetInputText(_utterance, text);
        var info = FliteLibrary.NewStreamingInfo();
        info->MinimumSamples = PieceSamples;
        info->Callback = &OnSound;
        info->UserData = GCHandle.ToIntPtr(_self);

        // The names are constants of the program: flite keeps the pointers. The value belongs to the utterance from here on.
        fixed (byte* name = "streaming_info"u8)
            FliteLibrary.SetFeature(_utterance->Features, name, FliteLibrary.StreamingInfoValue(info));
        fixed (byte* name = "duration_stretch"u8)
            FliteLibrary.SetFeatureFloat(_utterance->Features, name, (float)durationStretch);

        // A null result means that flite has deleted the utterance already.
        _utterance = FliteLibrary.Synthesize(_utterance, voice.Handle, FliteVoice.Synthesis);
        if (_utterance is null)
            throw new ProviderException($"local/flite:{voice.Name}", ProviderErrorKind.BadRequest, "flite could not speak a clause.");
    }

    /// <summary>Called by flite while it makes the sound. An exception must not cross into native code, so the listener keeps it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSound(FliteLibrary.Wave* wave, int start, int size, int last, FliteLibrary.StreamingInfo* info)
    {
        var self = (FliteUtterance)GCHandle.FromIntPtr(info->UserData).Target!;
        if (!self._wordsKnown)
        {
            self._wordsKnown = true;
            self._listener.OnWords(FliteWords.Read(info->Utterance));
        }

        var goOn = self._listener.OnSound(new ReadOnlySpan<short>(wave->Samples + start, size));
        return goOn ? FliteLibrary.Continue : FliteLibrary.Stop;
    }
}
