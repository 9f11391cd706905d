namespace Agent.Pipeline.EndOfTurn.Sound;

/// <summary>
/// The log-mel spectrogram that models with a Whisper encoder take: windows of 25 ms every 10 ms, 80 mel bands, the loudest 8 decades, scaled to about
/// -1 to 1 (Radford et al., Robust Speech Recognition via Large-Scale Weak Supervision, 2022, section 2.2). Keeps its buffers; for one thread at a time.
/// </summary>
internal sealed class LogMelSpectrogram
{
    internal const int HopSamples = 160;
    private const double Floor = 1e-10;
    private const double Decades = 8;

    private static readonly double[] s_window = [.. Enumerable.Range(0, Fourier.Size).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Fourier.Size)))];

    private readonly Fourier _fourier = new();
    private readonly double[] _power = new double[MelFilters.Bins];
    private readonly double[] _nextPower = new double[MelFilters.Bins];

    /// <summary>Writes the features, band by band.</summary>
    /// <param name="samples">The sound: a multiple of 160 samples, at least 400.</param>
    /// <param name="features">80 bands of one value for every 160 samples.</param>
    internal void Compute(ReadOnlySpan<float> samples, Span<float> features)
    {
        var frames = samples.Length / HopSamples;
        var loudest = double.MinValue;
        for (var frame = 0; frame < frames; frame += 2)
        {
            // Two real windows in one complex transform.
            Load(samples, frame, _fourier.Real);
            if (frame + 1 < frames)
                Load(samples, frame + 1, _fourier.Imaginary);
            else
                _fourier.Imaginary.Clear();
            _fourier.Transform();
            Part();
            loudest = Math.Max(loudest, Write(_power, features, frame, frames));
            if (frame + 1 < frames)
                loudest = Math.Max(loudest, Write(_nextPower, features, frame + 1, frames));
        }

        var quietest = loudest - Decades;
        foreach (ref var feature in features)
            feature = (float)((Math.Max(feature, quietest) + 4) / 4);
    }

    // The window of a frame is centred on its first sample; what lies outside the sound is the sound mirrored at its edge.
    private static void Load(ReadOnlySpan<float> samples, int frame, Span<double> destination)
    {
        var start = (frame * HopSamples) - (Fourier.Size / 2);
        for (var i = 0; i < Fourier.Size; i++)
        {
            var at = Math.Abs(start + i);
            if (at >= samples.Length)
                at = (2 * (samples.Length - 1)) - at;
            destination[i] = samples[at] * s_window[i];
        }
    }

    private void Part()
    {
        var real = _fourier.Real;
        var imaginary = _fourier.Imaginary;
        for (var bin = 0; bin < MelFilters.Bins; bin++)
        {
            var mirror = (Fourier.Size - bin) % Fourier.Size;
            var (evenReal, oddReal) = (real[bin] + real[mirror], real[bin] - real[mirror]);
            var (evenImaginary, oddImaginary) = (imaginary[bin] + imaginary[mirror], imaginary[bin] - imaginary[mirror]);
            _power[bin] = ((evenReal * evenReal) + (oddImaginary * oddImaginary)) / 4;
            _nextPower[bin] = ((evenImaginary * evenImaginary) + (oddReal * oddReal)) / 4;
        }
    }

    private static double Write(double[] power, Span<float> features, int frame, int frames)
    {
        var loudest = double.MinValue;
        for (var band = 0; band < MelFilters.Count; band++)
        {
            var (first, weights) = MelFilters.All[band];
            double sum = 0;
            for (var i = 0; i < weights.Length; i++)
                sum += weights[i] * power[first + i];
            var value = Math.Log10(Math.Max(sum, Floor));
            features[(band * frames) + frame] = (float)value;
            loudest = Math.Max(loudest, value);
        }

        return loudest;
    }
}
