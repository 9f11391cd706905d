namespace Agent.Pipeline.EndOfTurn.Sound;

/// <summary>The discrete Fourier transform of 400 complex numbers: a self-sorting (Stockham) transform with the radices 4, 4, 5, 5.</summary>
internal sealed class Fourier
{
    internal const int Size = 400;

    private static readonly int[] s_radices = [4, 4, 5, 5];
    private static readonly double[] s_cosines = [.. Enumerable.Range(0, Size).Select(i => Math.Cos(2 * Math.PI * i / Size))];
    private static readonly double[] s_sines = [.. Enumerable.Range(0, Size).Select(i => -Math.Sin(2 * Math.PI * i / Size))];

    private double[] _real = new double[Size];
    private double[] _imaginary = new double[Size];
    private double[] _nextReal = new double[Size];
    private double[] _nextImaginary = new double[Size];

    /// <summary>What is to be transformed, and after <see cref="Transform"/> the result.</summary>
    internal Span<double> Real => _real;

    /// <inheritdoc cref="Real"/>
    internal Span<double> Imaginary => _imaginary;

    internal void Transform()
    {
        var length = Size;
        var stride = 1;
        foreach (var radix in s_radices)
        {
            Stage(length, stride, radix);
            (_real, _nextReal) = (_nextReal, _real);
            (_imaginary, _nextImaginary) = (_nextImaginary, _imaginary);
            length /= radix;
            stride *= radix;
        }
    }

    private void Stage(int length, int stride, int radix)
    {
        var parts = length / radix;
        for (var p = 0; p < parts; p++)
        {
            for (var k = 0; k < radix; k++)
            {
                var twist = p * k * (Size / length) % Size;
                for (var q = 0; q < stride; q++)
                {
                    double real = 0;
                    double imaginary = 0;
                    for (var j = 0; j < radix; j++)
                    {
                        var from = q + (stride * (p + (parts * j)));
                        var turn = j * k * (Size / radix) % Size;
                        real += (_real[from] * s_cosines[turn]) - (_imaginary[from] * s_sines[turn]);
                        imaginary += (_real[from] * s_sines[turn]) + (_imaginary[from] * s_cosines[turn]);
                    }

                    var to = q + (stride * ((radix * p) + k));
                    _nextReal[to] = (real * s_cosines[twist]) - (imaginary * s_sines[twist]);
                    _nextImaginary[to] = (real * s_sines[twist]) + (imaginary * s_cosines[twist]);
                }
            }
        }
    }
}
