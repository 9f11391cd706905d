using System.Runtime.InteropServices;
using Agent.Pipeline.Onnx;

namespace Agent.Pipeline.Vad;

/// <summary>
/// One participant's audio in the Silero model. All tensors lie in one block of native memory and are made once, so that a window
/// is written, run and read without allocation. The model sees 64 samples of the last window before the new 512, and carries a
/// state of 2 × 1 × 128 from window to window.
/// </summary>
internal sealed unsafe class SileroStream : IVoiceActivityStream
{
    internal const int WindowSamples = 512;
    private const int ContextSamples = 64;
    private const int StateLength = 2 * 128;
    private const int Names = 5;

    private readonly OnnxRuntime _runtime;
    private readonly OnnxHandle _session;
    private readonly OnnxHandle[] _tensors;
    private byte* _block;
    private readonly float* _input;
    private readonly float* _state;
    private readonly float* _nextState;
    private readonly float* _probability;
    private readonly nint* _values;
    private readonly byte** _names;

    internal SileroStream(OnnxRuntime runtime, OnnxHandle session)
    {
        var added = false;
        session.DangerousAddRef(ref added);
        _runtime = runtime;
        _session = session;
        _block = (byte*)NativeMemory.AlignedAlloc(8192, 64);
        NativeMemory.Clear(_block, 8192);
        _input = (float*)_block;
        _state = (float*)(_block + 2560);
        _nextState = (float*)(_block + 3840);
        _probability = (float*)(_block + 5120);
        var rate = (long*)(_block + 5184);
        *rate = 16_000;
        _values = (nint*)(_block + 5248);
        _names = (byte**)(_block + 5376);
        var text = _block + 5504;
        ReadOnlySpan<byte> names = "input\0state\0sr\0output\0stateN\0"u8;
        names.CopyTo(new Span<byte>(text, names.Length));
        for (var (i, start) = (0, 0); i < Names; i++)
        {
            _names[i] = text + start;
            start += names[start..].IndexOf((byte)0) + 1;
        }

        _tensors =
        [
            runtime.Tensor(_input, (ContextSamples + WindowSamples) * sizeof(float), [1, ContextSamples + WindowSamples], OnnxElement.Float),
            runtime.Tensor(_state, StateLength * sizeof(float), [2, 1, 128], OnnxElement.Float),
            runtime.Tensor(rate, sizeof(long), [], OnnxElement.Int64),
            runtime.Tensor(_probability, sizeof(float), [1, 1], OnnxElement.Float),
            runtime.Tensor(_nextState, StateLength * sizeof(float), [2, 1, 128], OnnxElement.Float),
        ];
        for (var i = 0; i < Names; i++)
            _values[i] = _tensors[i].DangerousGetHandle();
    }

    public float Process(ReadOnlySpan<short> window)
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        if (window.Length != WindowSamples)
            throw new ArgumentException($"A window has {WindowSamples} samples, this one {window.Length}.", nameof(window));

        var samples = new Span<float>(_input + ContextSamples, WindowSamples);
        for (var i = 0; i < window.Length; i++)
            samples[i] = window[i] * (1 / 32768f);

        var run = (delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)_runtime[OrtFunction.Run];
        _runtime.Check(run(_session.DangerousGetHandle(), 0, _names, _values, 3, _names + 3, 2, _values + 3));

        Buffer.MemoryCopy(_nextState, _state, StateLength * sizeof(float), StateLength * sizeof(float));
        Buffer.MemoryCopy(_input + WindowSamples, _input, ContextSamples * sizeof(float), ContextSamples * sizeof(float));
        return *_probability;
    }

    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        new Span<float>(_input, ContextSamples).Clear();
        new Span<float>(_state, StateLength).Clear();
    }

    public void Dispose()
    {
        if (_block is null)
            return;
        foreach (var tensor in _tensors)
            tensor.Dispose();
        _session.DangerousRelease();
        NativeMemory.AlignedFree(_block);
        _block = null;
    }
}
