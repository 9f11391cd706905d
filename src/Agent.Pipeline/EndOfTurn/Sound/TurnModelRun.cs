using System.Runtime.InteropServices;
using System.Text;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Onnx;

namespace Agent.Pipeline.EndOfTurn.Sound;

/// <summary>The memory in which one question at a time goes through the model. Made once and used again.</summary>
internal sealed unsafe class TurnModelRun : IDisposable
{
    private readonly OnnxRuntime _runtime;
    private readonly OnnxHandle _session;
    private readonly TurnModelInput _input;
    private readonly LogMelSpectrogram _spectrogram = new();
    private readonly float[] _wave;
    private readonly OnnxHandle[] _tensors;
    private readonly byte[][] _names;
    private readonly byte[] _outputName;
    private float* _features;
    private long* _mask;

    internal TurnModelRun(OnnxRuntime runtime, OnnxHandle session, TurnModelInput input, string outputName)
    {
        var added = false;
        session.DangerousAddRef(ref added);
        _runtime = runtime;
        _session = session;
        _input = input;
        _outputName = Encoding.UTF8.GetBytes(outputName + '\0');
        _wave = new float[input.IsSpectrogram ? (int)input.Shape[2] * LogMelSpectrogram.HopSamples : 0];
        _features = (float*)NativeMemory.AlignedAlloc((nuint)input.Length * sizeof(float), 64);
        var sound = runtime.Tensor(_features, input.Length * sizeof(float), input.Shape, OnnxElement.Float);
        if (input.MaskName is null)
        {
            _tensors = [sound];
            _names = [Encoding.UTF8.GetBytes(input.Name + '\0')];
            return;
        }

        _mask = (long*)NativeMemory.AlignedAlloc((nuint)input.Length * sizeof(long), 64);
        _tensors = [sound, runtime.Tensor(_mask, input.Length * sizeof(long), input.Shape, OnnxElement.Int64)];
        _names = [Encoding.UTF8.GetBytes(input.Name + '\0'), Encoding.UTF8.GetBytes(input.MaskName + '\0')];
    }

    /// <summary>Runs the model.</summary>
    /// <param name="audio">16 kHz, one channel; only the last part is used when it is longer than the model takes.</param>
    /// <returns>The model's only number, as it is.</returns>
    internal float Run(ReadOnlySpan<short> audio)
    {
        ObjectDisposedException.ThrowIf(_features is null, this);
        if (_input.IsSpectrogram)
            LoadSpectrogram(audio);
        else
            LoadWave(audio);

        var values = stackalloc nint[_tensors.Length];
        for (var i = 0; i < _tensors.Length; i++)
            values[i] = _tensors[i].DangerousGetHandle();
        nint output = 0;
        fixed (byte* first = _names[0], second = _names[^1], outputName = _outputName)
        {
            var names = stackalloc byte*[] { first, second };
            var outputNames = outputName;
            var run = (delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)_runtime[OrtFunction.Run];
            _runtime.Check(run(_session.DangerousGetHandle(), 0, names, values, (nuint)_tensors.Length, &outputNames, 1, &output));
        }

        using var result = _runtime.Own(output, OrtFunction.ReleaseValue);
        return Only(output);
    }

    public void Dispose()
    {
        if (_features is null)
            return;
        foreach (var tensor in _tensors)
            tensor.Dispose();
        _session.DangerousRelease();
        NativeMemory.AlignedFree(_features);
        NativeMemory.AlignedFree(_mask);
        _features = null;
        _mask = null;
    }

    // The sound stands at the end, the silence before it counts in the normalization.
    private void LoadSpectrogram(ReadOnlySpan<short> audio)
    {
        audio = audio[^Math.Min(audio.Length, _wave.Length)..];
        WaveNormalization.Apply(audio, _wave.Length - audio.Length, _wave);
        _spectrogram.Compute(_wave, new Span<float>(_features, _input.Length));
    }

    // The sound stands at the beginning, normalized by itself; zeros fill the rest.
    private void LoadWave(ReadOnlySpan<short> audio)
    {
        audio = audio[^Math.Min(audio.Length, _input.Length)..];
        var samples = new Span<float>(_features, _input.Length);
        WaveNormalization.Apply(audio, 0, samples);
        samples[audio.Length..].Clear();
        if (_mask is null)
            return;
        var mask = new Span<long>(_mask, _input.Length);
        mask[..audio.Length].Fill(1);
        mask[audio.Length..].Clear();
    }

    private float Only(nint output)
    {
        nint pointer;
        _runtime.Check(((delegate* unmanaged[Cdecl]<nint, nint*, nint>)_runtime[OrtFunction.GetTensorTypeAndShape])(output, &pointer));
        using var shape = _runtime.Own(pointer, OrtFunction.ReleaseTensorTypeAndShapeInfo);
        nuint count;
        _runtime.Check(((delegate* unmanaged[Cdecl]<nint, nuint*, nint>)_runtime[OrtFunction.GetTensorShapeElementCount])(pointer, &count));
        if (count != 1)
            throw new AgentException($"The end-of-turn model gives {count} numbers where 1 is needed, the probability that the turn is finished: use a model of the smart-turn kind.");
        float* data;
        _runtime.Check(((delegate* unmanaged[Cdecl]<nint, float**, nint>)_runtime[OrtFunction.GetTensorMutableData])(output, &data));
        return *data;
    }
}
