namespace Agent.Pipeline.EndOfTurn.Sound;

/// <summary>
/// 80 triangular filters over 0 to 8,000 Hz on the Slaney mel scale (linear below 1,000 Hz, logarithmic above), each of the same area; the filter
/// bank of the Whisper models (Slaney, Auditory Toolbox, 1998).
/// </summary>
internal static class MelFilters
{
    internal const int Count = 80;
    internal const int Bins = (Fourier.Size / 2) + 1;

    private const double NyquistHz = 8000;
    private const double LinearHz = 200.0 / 3;
    private const double LogarithmicFromHz = 1000;
    private static readonly double s_logarithmicStep = Math.Log(6.4) / 27;

    /// <summary>For each filter the first bin that it sees and its weights.</summary>
    internal static readonly (int First, double[] Weights)[] All = [.. Enumerable.Range(0, Count).Select(Filter)];

    private static (int First, double[] Weights) Filter(int index)
    {
        var (low, middle, high) = (Edge(index), Edge(index + 1), Edge(index + 2));
        var weights = new double[Bins];
        for (var bin = 0; bin < Bins; bin++)
        {
            var frequency = bin * NyquistHz / (Bins - 1);
            var rise = (frequency - low) / (middle - low);
            var fall = (high - frequency) / (high - middle);
            weights[bin] = Math.Max(0, Math.Min(rise, fall)) * 2 / (high - low);
        }

        var first = Array.FindIndex(weights, weight => weight > 0);
        var last = Array.FindLastIndex(weights, weight => weight > 0);
        return first < 0 ? (0, []) : (first, weights[first..(last + 1)]);
    }

    private static double Edge(int index) => Hertz(Mel(NyquistHz) * index / (Count + 1));

    private static double Mel(double hertz) => hertz < LogarithmicFromHz
        ? hertz / LinearHz
        : (LogarithmicFromHz / LinearHz) + (Math.Log(hertz / LogarithmicFromHz) / s_logarithmicStep);

    private static double Hertz(double mel) => mel < LogarithmicFromHz / LinearHz
        ? mel * LinearHz
        : LogarithmicFromHz * Math.Exp((mel - (LogarithmicFromHz / LinearHz)) * s_logarithmicStep);
}
