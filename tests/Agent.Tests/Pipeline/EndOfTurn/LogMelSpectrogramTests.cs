using Agent.Pipeline.EndOfTurn.Sound;

namespace Agent.Tests.Pipeline.EndOfTurn;

public sealed class LogMelSpectrogramTests
{
    // Computed by a script of 30 lines in another language that follows the definition: 3 s of the reference sound behind 5 s of silence, normalized
    // over all 8 s; a direct Fourier sum for each bin, a dense filter bank, double precision throughout.
    private const double ReferenceMean = 0.15974489615694273;

    public static TheoryData<int, int, double> Reference => new()
    {
        { 0, 0, 0.170517 }, { 40, 10, -0.214685 }, { 79, 499, -0.085514 }, { 3, 500, 1.573400 }, { 10, 500, 1.028860 }, { 0, 501, 0.620234 },
        { 5, 550, 0.711723 }, { 20, 600, 1.565483 }, { 40, 650, 0.765197 }, { 60, 700, 0.656432 }, { 79, 750, 0.699927 }, { 15, 799, 0.684490 },
        { 79, 799, 0.807342 },
    };

    private static readonly float[] s_features = Features();

    [Theory]
    [MemberData(nameof(Reference))]
    public void Compute_ReferenceSound_IsWhatTheDefinitionGives(int band, int frame, double expected) =>
        Assert.Equal(expected, s_features[(band * 800) + frame], 4e-5);

    [Fact]
    public void Compute_ReferenceSound_HasTheMeanThatTheDefinitionGives() =>
        Assert.Equal(ReferenceMean, s_features.Average(feature => (double)feature), 1e-6);

    [Fact]
    public void Compute_Again_LeavesNothingBehind()
    {
        var spectrogram = new LogMelSpectrogram();
        var wave = new float[1600];
        var first = new float[800];
        var second = new float[800];
        WaveNormalization.Apply(ReferenceSound.Make(1600), 0, wave);
        spectrogram.Compute(wave, first);
        spectrogram.Compute(new float[1600], new float[800]);
        spectrogram.Compute(wave, second);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Fourier_Impulse_IsFlat()
    {
        var fourier = new Fourier();
        fourier.Real.Clear();
        fourier.Imaginary.Clear();
        fourier.Real[0] = 1;
        fourier.Transform();

        Assert.All(fourier.Real.ToArray(), value => Assert.Equal(1, value, 1e-12));
        Assert.All(fourier.Imaginary.ToArray(), value => Assert.Equal(0, value, 1e-12));
    }

    [Fact]
    public void Apply_AnySound_HasMeanZeroAndVarianceOne()
    {
        var wave = new float[8000];
        WaveNormalization.Apply(ReferenceSound.Make(6000), 2000, wave);

        Assert.Equal(0, wave.Average(sample => (double)sample), 1e-6);
        Assert.Equal(1, wave.Average(sample => (double)sample * sample), 1e-4);
    }

    [Fact]
    public void Apply_Silence_StaysSilence()
    {
        var wave = new float[400];
        WaveNormalization.Apply(new short[400], 0, wave);

        Assert.All(wave, sample => Assert.Equal(0, sample));
    }

    private static float[] Features()
    {
        var wave = new float[128_000];
        var features = new float[80 * 800];
        WaveNormalization.Apply(ReferenceSound.Make(48_000), 80_000, wave);
        new LogMelSpectrogram().Compute(wave, features);
        return features;
    }
}
