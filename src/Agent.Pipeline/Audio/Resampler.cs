using System.Numerics;
using System.Runtime.InteropServices;

namespace Agent.Pipeline.Audio;

/// <summary>
/// Changes the sample rate of a 16-bit mono stream, 8 to 48 kHz either way. Streams of n samples become exactly ⌈n · to / from⌉ samples, however they
/// are cut. Delays by 32 samples of the lower rate while streaming; allocates nothing after construction. Not safe for concurrent use.
/// </summary>
public sealed class Resampler
{
    private const int Block = 512;

    private readonly PolyphaseFilter? _filter;
    private readonly float[] _buffer = [];
    private readonly int _up = 1;
    private readonly int _down = 1;
    private int _filled;
    private int _phase;
    private long _taken;
    private long _made;

    /// <summary>Makes a resampler at the beginning of a stream.</summary>
    /// <param name="fromHz">Samples per second that come in, 8,000 to 48,000.</param>
    /// <param name="toHz">Samples per second that go out, 8,000 to 48,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    public Resampler(int fromHz, int toHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromHz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromHz, 48_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(toHz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toHz, 48_000);
        FromHz = fromHz;
        ToHz = toHz;
        if (fromHz == toHz)
            return;
        _filter = PolyphaseFilter.Get(fromHz, toHz);
        _up = _filter.Up;
        _down = _filter.Down;
        _buffer = new float[_filter.Taps + Block];
        Reset();
    }

    /// <summary>Samples per second that come in.</summary>
    public int FromHz { get; }

    /// <summary>Samples per second that go out.</summary>
    public int ToHz { get; }

    /// <summary>The most samples that one call of <see cref="Process"/> or <see cref="Finish"/> can make.</summary>
    public int MaxOutput(int inputCount) => (int)(((long)inputCount * _up + _down - 1) / _down) + (_filter is null ? 0 : 1 + _filter.Taps * _up / _down);

    /// <summary>Takes the next samples and writes those that are ready.</summary>
    /// <returns>How many were written.</returns>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (_filter is null)
        {
            input.CopyTo(output);
            return input.Length;
        }

        var written = 0;
        _taken += input.Length;
        while (!input.IsEmpty)
        {
            var take = Math.Min(input.Length, _buffer.Length - _filled);
            for (var i = 0; i < take; i++)
                _buffer[_filled + i] = input[i];
            _filled += take;
            input = input[take..];
            written += Drain(output[written..], long.MaxValue);
        }

        _made += written;
        return written;
    }

    /// <summary>Writes what the filter still holds and begins a new stream.</summary>
    /// <returns>How many samples were written.</returns>
    public int Finish(Span<short> output)
    {
        if (_filter is null)
            return 0;
        var remaining = (_taken * _up + _down - 1) / _down - _made;
        var written = 0;
        while (written < remaining)
        {
            var silence = Math.Min(_filter.Taps, _buffer.Length - _filled);
            _buffer.AsSpan(_filled, silence).Clear();
            _filled += silence;
            written += Drain(output[written..], remaining - written);
        }

        Reset();
        return written;
    }

    /// <summary>Forgets everything and begins a new stream.</summary>
    public void Reset()
    {
        if (_filter is null)
            return;
        _filled = _filter.Taps / 2 - 1;
        _buffer.AsSpan(0, _filled).Clear();
        _phase = 0;
        _taken = 0;
        _made = 0;
    }

    private int Drain(Span<short> output, long limit)
    {
        var filter = _filter!;
        var taps = filter.Taps;
        var index = 0;
        var written = 0;
        while (index + taps <= _filled && written < limit)
        {
            var sum = Dot(_buffer.AsSpan(index, taps), filter.Phase(_phase));
            output[written++] = (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
            _phase += _down;
            index += _phase / _up;
            _phase %= _up;
        }

        _buffer.AsSpan(index, _filled - index).CopyTo(_buffer);
        _filled -= index;
        return written;
    }

    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> coefficients)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var y = MemoryMarshal.Cast<float, Vector<float>>(coefficients);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return Vector.Sum(sum);
    }
}
