namespace Agent.Pipeline.EndOfTurn.Sound;

/// <summary>Brings samples to mean 0 and variance 1, as the feature extractors of the models do before anything else.</summary>
internal static class WaveNormalization
{
    private const double Epsilon = 1e-7;

    /// <summary>Writes the normalized samples.</summary>
    /// <param name="samples">The sound.</param>
    /// <param name="silence">How many zeros stand before it and count in mean and variance.</param>
    /// <param name="destination">As long as both together.</param>
    internal static void Apply(ReadOnlySpan<short> samples, int silence, Span<float> destination)
    {
        double sum = 0;
        double squares = 0;
        foreach (var sample in samples)
        {
            var value = sample * (1 / 32768.0);
            sum += value;
            squares += value * value;
        }

        var count = samples.Length + silence;
        var mean = sum / count;
        var scale = 1 / Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)) + Epsilon);
        destination[..silence].Fill((float)(-mean * scale));
        for (var i = 0; i < samples.Length; i++)
            destination[silence + i] = (float)(((samples[i] * (1 / 32768.0)) - mean) * scale);
    }
}
