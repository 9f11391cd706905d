using System.Collections.Concurrent;

namespace Agent.Pipeline.Audio;

/// <summary>
/// The low-pass filter between two sample rates, cut into one short filter per output phase: a sinc under a Kaiser window
/// (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974). Shared by all resamplers of the same rates.
/// </summary>
internal sealed class PolyphaseFilter
{
    // 64 taps at the lower rate under beta 8: about 80 dB of stop band from the lower Nyquist frequency on, flat to 0.84 of it.
    private const int HalfWidth = 32;
    private const double Beta = 8;
    private const double Cutoff = 0.46;

    private static readonly ConcurrentDictionary<(int From, int To), PolyphaseFilter> s_filters = new();

    private readonly float[] _coefficients;

    private PolyphaseFilter(int from, int to)
    {
        var divisor = GreatestCommonDivisor(from, to);
        Up = to / divisor;
        Down = from / divisor;
        var stretch = Math.Max(1.0, (double)from / to);
        Taps = 2 * (((int)Math.Ceiling(HalfWidth * stretch) + 3) & ~3);
        _coefficients = new float[Up * Taps];
        var cutoff = Cutoff / stretch;
        var taps = new double[Taps];
        for (var phase = 0; phase < Up; phase++)
        {
            var sum = 0.0;
            for (var i = 0; i < Taps; i++)
            {
                var x = i - (Taps / 2 - 1) - (double)phase / Up;
                taps[i] = Sinc(2 * cutoff * x) * Kaiser(x / (Taps / 2));
                sum += taps[i];
            }

            for (var i = 0; i < Taps; i++)
                _coefficients[phase * Taps + i] = (float)(taps[i] / sum);
        }
    }

    /// <summary>Output samples for every <see cref="Down"/> input samples.</summary>
    internal int Up { get; }

    /// <summary>Input samples for every <see cref="Up"/> output samples.</summary>
    internal int Down { get; }

    /// <summary>Input samples that make one output sample; a multiple of 8.</summary>
    internal int Taps { get; }

    internal static PolyphaseFilter Get(int from, int to) => s_filters.GetOrAdd((from, to), static rates => new PolyphaseFilter(rates.From, rates.To));

    internal ReadOnlySpan<float> Phase(int phase) => _coefficients.AsSpan(phase * Taps, Taps);

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private static double Sinc(double x) => Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : BesselI0(Beta * Math.Sqrt(1 - x * x)) / BesselI0(Beta);

    private static double BesselI0(double x)
    {
        var sum = 1.0;
        var term = 1.0;
        for (var k = 1; term > sum * 1e-14; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
