using Agent.LiveKit.Rtc;

namespace Agent.Tests.EndToEnd.Rtc;

/// <summary>A sine that is sent, and found again in what arrives.</summary>
internal static class Tone
{
    /// <summary>10 ms of a sine at a third of full scale, continued from the sample <paramref name="at"/>.</summary>
    internal static short[] Frame(double hz, int sampleRateHz, long at)
    {
        var samples = new short[sampleRateHz / 100];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(10_000 * Math.Sin(2 * Math.PI * hz * (at + i) / sampleRateHz));
        return samples;
    }

    /// <summary>Sends the sine until told to stop.</summary>
    internal static async Task PlayAsync(AudioSource source, double hz, CancellationToken cancellationToken)
    {
        try
        {
            for (long at = 0; ; at += source.SampleRateHz / 100)
                await source.WriteAsync(Frame(hz, source.SampleRateHz, at), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // That is how it is stopped.
        }
    }

    /// <summary>The share of the energy that is at one frequency (Goertzel), from 0 to 1, and whether there is any sound at all.</summary>
    internal static (double Share, bool IsLoud) Share(ReadOnlySpan<short> samples, double hz, int sampleRateHz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * hz / sampleRateHz);
        double s1 = 0, s2 = 0, energy = 0;
        foreach (var sample in samples)
        {
            var s0 = sample + (coefficient * s1) - s2;
            (s2, s1) = (s1, s0);
            energy += (double)sample * sample;
        }

        var power = ((s1 * s1) + (s2 * s2) - (coefficient * s1 * s2)) * 2 / samples.Length;
        return (energy == 0 ? 0 : power / energy, energy / samples.Length > 1_000_000);
    }

    /// <summary>Reads until 100 ms in a row are loud and mostly at one frequency.</summary>
    internal static async Task HearAsync(AudioStream stream, double hz, CancellationToken cancellationToken)
    {
        var window = new short[stream.SampleRateHz / 10];
        var filled = 0;
        await foreach (var frame in stream.ReadAsync(cancellationToken))
        {
            using (frame)
                frame.Samples.Span.CopyTo(window.AsSpan(filled));
            filled += stream.SampleRateHz / 100;
            if (filled < window.Length)
                continue;
            filled = 0;
            var (share, isLoud) = Share(window, hz, stream.SampleRateHz);
            if (isLoud && share > 0.8)
                return;
        }

        throw new InvalidOperationException($"The stream ended before {hz} Hz was heard.");
    }

    /// <summary>Reads until 300 ms in a row are silent.</summary>
    internal static async Task HearSilenceAsync(AudioStream stream, CancellationToken cancellationToken)
    {
        var silent = 0;
        await foreach (var frame in stream.ReadAsync(cancellationToken))
        {
            using (frame)
                silent = Share(frame.Samples.Span, 1_000, stream.SampleRateHz).IsLoud ? 0 : silent + 1;
            if (silent == 30)
                return;
        }

        throw new InvalidOperationException("The stream ended before it fell silent.");
    }
}
