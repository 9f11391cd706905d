using System.Runtime.InteropServices;
using Agent.LoopbackVendors.Engines;

namespace Agent.LoopbackVendors.ElevenLabs;

/// <summary>Cuts speech into pieces of a fifth of a second with the times of their characters.</summary>
internal static class SpokenText
{
    private static readonly TimeSpan s_piece = TimeSpan.FromSeconds(0.2);

    public static IEnumerable<SpokenPiece> Cut(string text, EngineSpeech speech, int sampleRateHz)
    {
        var times = Times(text, speech, sampleRateHz);
        var perPiece = (int)(s_piece.TotalSeconds * sampleRateHz);
        var next = 0;
        for (var from = 0; from < speech.Samples.Length; from += perPiece)
        {
            var count = Math.Min(perPiece, speech.Samples.Length - from);
            var begins = 1000.0 * from / sampleRateHz;
            var isLast = from + count == speech.Samples.Length;
            var to = next;
            while (to < text.Length && (isLast || times[to].Start < begins + s_piece.TotalMilliseconds))
                to++;
            yield return new SpokenPiece(
                MemoryMarshal.AsBytes(speech.Samples.AsSpan(from, count)).ToArray(),
                [.. text[next..to].Select(character => character.ToString())],
                [.. times[next..to].Select(time => (int)Math.Round(time.Start - begins))],
                [.. times[next..to].Select(time => (int)Math.Round(time.Duration))]);
            next = to;
        }
    }

    /// <summary>Each character of a word has an equal part of its time; white space has what is between words.</summary>
    private static (double Start, double Duration)[] Times(string text, EngineSpeech speech, int sampleRateHz)
    {
        var times = new (double Start, double Duration)[text.Length];
        var end = 1000.0 * speech.Samples.Length / sampleRateHz;
        var at = 0.0;
        var position = 0;
        foreach (var word in speech.Words)
        {
            var found = text.IndexOf(word.Text, position, StringComparison.Ordinal);
            if (found < 0)
                continue;
            Spread(times, position, found, at, word.Start.TotalMilliseconds);
            Spread(times, found, found + word.Text.Length, word.Start.TotalMilliseconds, word.End.TotalMilliseconds);
            position = found + word.Text.Length;
            at = word.End.TotalMilliseconds;
        }

        Spread(times, position, text.Length, at, Math.Max(at, end));
        return times;
    }

    private static void Spread((double Start, double Duration)[] times, int from, int to, double start, double end)
    {
        var each = to > from ? (end - start) / (to - from) : 0;
        for (var i = from; i < to; i++)
            times[i] = (start + (each * (i - from)), each);
    }
}
