using Agent.Pipeline.Audio;

namespace Agent.Tests.Pipeline.Audio;

public class ResamplerTests
{
    private static readonly int[] s_rates = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000];

    public static TheoryData<int, int> Rates()
    {
        var data = new TheoryData<int, int>();
        foreach (var from in s_rates)
        {
            foreach (var to in s_rates)
                data.Add(from, to);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Process_AnyCut_GivesTheSameSamplesAndTheExactLength(int from, int to)
    {
        var input = Tone(from, 1_000, 0.5, from / 2 + 77);
        var whole = Run(from, to, input, [input.Length]);
        Assert.Equal((input.Length * (long)to + from - 1) / from, whole.Length);
        Assert.Equal(whole, Run(from, to, input, [1, 7, 160, 441, 3]));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Process_ToneInBothPassBands_KeepsItsLevelAndPurity(int from, int to)
    {
        var frequency = Math.Min(from, to) * 0.2;
        var output = Run(from, to, Tone(from, frequency, 0.5, from), [160]).AsSpan(to / 10, to / 2);
        var (level, rest) = Measure(output, to, frequency);
        Assert.Equal(0.5, level, 0.003);
        Assert.True(20 * Math.Log10(rest / level) < -70, $"{20 * Math.Log10(rest / level):F1} dB beside the tone");
    }

    [Theory]
    [InlineData(48_000, 16_000, 9_000)]
    [InlineData(48_000, 8_000, 4_600)]
    [InlineData(44_100, 16_000, 9_500)]
    [InlineData(24_000, 16_000, 8_400)]
    [InlineData(22_050, 8_000, 5_000)]
    public void Process_ToneAboveTheLowerNyquist_IsSilenced(int from, int to, double frequency)
    {
        var output = Run(from, to, Tone(from, frequency, 0.5, from), [160]).AsSpan(to / 10, to / 2);
        var loudest = 0;
        foreach (var sample in output)
            loudest = Math.Max(loudest, Math.Abs((int)sample));
        Assert.True(loudest <= 4, $"a tone of {frequency} Hz came through with {loudest} of 16384");
    }

    [Theory]
    [InlineData(16_000, 24_000)]
    [InlineData(48_000, 16_000)]
    public void Process_Impulse_StaysWhereItIs(int from, int to)
    {
        var input = new short[from / 10];
        input[from / 20] = 20_000;
        var output = Run(from, to, input, [160]);
        var peak = Array.IndexOf(output, output.Max());
        Assert.Equal((double)to / 20, peak, 1.0);
    }

    [Fact]
    public void Process_FullScale_DoesNotWrap()
    {
        var input = new short[4_800];
        for (var i = 0; i < input.Length; i++)
            input[i] = i / 24 % 2 == 0 ? short.MaxValue : short.MinValue;
        var output = Run(48_000, 16_000, input, [480]);
        for (var i = 160; i < output.Length - 160; i += 16)
        {
            Assert.True(output[i + 4] > 20_000, $"sample {i + 4} is {output[i + 4]} in a positive half wave");
            Assert.True(output[i + 12] < -20_000, $"sample {i + 12} is {output[i + 12]} in a negative half wave");
        }
    }

    [Fact]
    public void Process_SteadyState_AllocatesNothing()
    {
        var resampler = new Resampler(16_000, 48_000);
        var input = new short[160];
        var output = new short[resampler.MaxOutput(160)];
        resampler.Process(input, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            resampler.Process(input, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(7_999, 16_000)]
    [InlineData(16_000, 48_001)]
    public void Constructor_RateOutOfRange_Throws(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(from, to));

    private static short[] Tone(int rate, double frequency, double level, int count)
    {
        var samples = new short[count];
        for (var i = 0; i < count; i++)
            samples[i] = (short)Math.Round(level * 32_767 * Math.Sin(2 * Math.PI * frequency * i / rate));
        return samples;
    }

    private static short[] Run(int from, int to, short[] input, int[] cuts)
    {
        var resampler = new Resampler(from, to);
        var output = new List<short>();
        for (var (i, done) = (0, 0); done < input.Length; i++)
        {
            var take = Math.Min(cuts[i % cuts.Length], input.Length - done);
            var buffer = new short[resampler.MaxOutput(take)];
            output.AddRange(buffer.AsSpan(0, resampler.Process(input.AsSpan(done, take), buffer)).ToArray());
            done += take;
        }

        var last = new short[resampler.MaxOutput(0) + 1];
        output.AddRange(last.AsSpan(0, resampler.Finish(last)).ToArray());
        return [.. output];
    }

    /// <summary>The level of a tone by correlation, and that of everything else.</summary>
    private static (double Level, double Remainder) Measure(ReadOnlySpan<short> samples, int rate, double frequency)
    {
        double sine = 0, cosine = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * frequency * i / rate);
            sine += samples[i] / 32_767.0 * s;
            cosine += samples[i] / 32_767.0 * c;
        }

        (sine, cosine) = (sine * 2 / samples.Length, cosine * 2 / samples.Length);
        var rest = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * frequency * i / rate);
            rest += Math.Pow(samples[i] / 32_767.0 - sine * s - cosine * c, 2);
        }

        return (Math.Sqrt(sine * sine + cosine * cosine), Math.Sqrt(2 * rest / samples.Length));
    }
}
