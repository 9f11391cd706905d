using Agent.Pipeline.Speech;

namespace Agent.Benchmarks.Providers;

internal static class SpokenAudio
{
    /// <summary>A sentence as 16 kHz samples, with 400 ms of silence before it, as in a call.</summary>
    public static async Task<short[]> SayAsync(ITextToSpeech synthesizer, string text, CancellationToken cancellationToken)
    {
        await using var synthesis = await synthesizer.BeginAsync(cancellationToken);
        await synthesis.WriteAsync(text + ".", cancellationToken);
        synthesis.Complete();
        var samples = new List<short>(new short[6_400]);
        await foreach (var piece in synthesis.ReadAsync(cancellationToken))
        {
            using (piece.Frame)
                samples.AddRange(piece.Frame.Samples.Span);
        }

        return [.. samples];
    }

    public static string Percentile(List<double> values, double share) =>
        values.Count == 0 ? "-" : values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share)).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
