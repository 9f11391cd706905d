namespace Agent.Tests.EndToEnd.Conversation;

/// <summary>Sounds that people make without words. 16 kHz mono.</summary>
internal static class Noises
{
    private const int SampleRateHz = 16_000;

    // Where a throat resonates: what makes a cough sound like somebody and not like a door.
    private static readonly (double Hz, double Width)[] s_throat = [(550, 150), (1_400, 300), (2_600, 500)];

    /// <summary>A cough of 0.4 s: noise through a throat, a burst with a voiced end.</summary>
    /// <param name="voice">How much of a voice there is in it, beside breath of strength 1: a dry cough has little, clearing one's throat has much.</param>
    public static short[] Cough(double voice)
    {
        var random = new Random(5);
        var sound = new double[SampleRateHz * 2 / 5];
        for (var i = 0; i < sound.Length; i++)
            sound[i] = Strength(i / (double)SampleRateHz) * ((random.NextDouble() * 2) - 1 + (voice * Voice(i / (double)SampleRateHz)));
        var loud = s_throat.Select(resonance => Resonate(sound, resonance.Hz, resonance.Width)).Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)]);
        var peak = loud.Max(Math.Abs);
        return [.. loud.Select(sample => (short)(16_000 * sample / peak))];
    }

    /// <summary>An explosion of breath within 15 ms that dies away, a weaker end after 0.2 s, and nothing.</summary>
    private static double Strength(double at) =>
        at < 0.015 ? at / 0.015 : at < 0.2 ? Math.Exp(-(at - 0.015) / 0.07) : at < 0.32 ? 0.35 * Math.Exp(-(at - 0.2) / 0.05) : 0;

    /// <summary>The vocal folds swing once the breath has passed, and slower and slower.</summary>
    private static double Voice(double at) => at is > 0.03 and < 0.3 ? Math.Pow(Math.Abs(Math.Sin(Math.PI * (150 - (100 * at)) * at)), 8) * 2 - 0.4 : 0;

    private static double[] Resonate(double[] sound, double hz, double width)
    {
        var radius = Math.Exp(-Math.PI * width / SampleRateHz);
        var turn = 2 * radius * Math.Cos(2 * Math.PI * hz / SampleRateHz);
        var result = new double[sound.Length];
        for (var i = 0; i < sound.Length; i++)
            result[i] = ((1 - radius) * sound[i]) + (i > 0 ? turn * result[i - 1] : 0) - (i > 1 ? radius * radius * result[i - 2] : 0);
        return result;
    }
}
