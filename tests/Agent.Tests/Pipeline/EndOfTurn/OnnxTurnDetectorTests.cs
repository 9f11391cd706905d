using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Errors;

namespace Agent.Tests.Pipeline.EndOfTurn;

public sealed class OnnxTurnDetectorTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("turn-models");

    [Fact]
    public async Task EstimateAsync_ModelOfFeatures_SeesTheLogMelSpectrogram()
    {
        using var detector = Load(OnnxModelBuilder.MelMean());

        // The mean of the features of this sound stands in LogMelSpectrogramTests.
        var estimate = await Ask(detector, ReferenceSound.Make(48_000));

        Assert.NotNull(estimate);
        Assert.Equal(1 / (1 + Math.Exp(-0.159744896)), estimate.Probability, 1e-5);
        Assert.Equal("it sounds finished", estimate.Reason);
    }

    [Fact]
    public async Task EstimateAsync_ModelOfFeaturesAndLongSound_UsesTheLastEightSeconds()
    {
        using var detector = Load(OnnxModelBuilder.MelMean());
        var sound = ReferenceSound.Make(128_000);

        var alone = await Ask(detector, sound);
        var behindNoise = await Ask(detector, [.. ReferenceSound.Make(16_000), .. sound]);

        Assert.Equal(alone, behindNoise);
    }

    [Fact]
    public async Task EstimateAsync_ModelOfSamples_NormalizesPadsAndMasks()
    {
        using var detector = Load(OnnxModelBuilder.WavePower());

        // Variance 1 over 4 of the 16 s that a model of free length is given.
        var estimate = await Ask(detector, ReferenceSound.Make(64_000));

        Assert.NotNull(estimate);
        Assert.Equal(0.25, estimate.Probability, 1e-4);
        Assert.Equal("it sounds unfinished", estimate.Reason);
    }

    [Fact]
    public async Task EstimateAsync_ModelOfLogOdds_BecomesAProbability()
    {
        using var detector = Load(OnnxModelBuilder.WavePeak(32_000), options => options.IsLogit = true);

        var estimate = await Ask(detector, ReferenceSound.Make(16_000));

        Assert.NotNull(estimate);
        Assert.InRange(estimate.Probability, 0.7, 0.95);
    }

    [Fact]
    public async Task EstimateAsync_LogOddsTakenForAProbability_SaysWhatToSet()
    {
        using var detector = Load(OnnxModelBuilder.WavePeak(32_000));

        var error = await Assert.ThrowsAsync<AgentException>(() => Ask(detector, ReferenceSound.Make(16_000)));

        Assert.Contains("IsLogit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EstimateAsync_NoSound_HasNoOpinion()
    {
        using var detector = Load(OnnxModelBuilder.MelMean());

        Assert.Null(await Ask(detector, []));
    }

    [Fact]
    public async Task EstimateAsync_ManyAtOnce_AllGetTheSameAnswer()
    {
        using var detector = Load(OnnxModelBuilder.MelMean(), options => options.MaxConcurrency = 2);
        var sound = ReferenceSound.Make(16_000);

        var estimates = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Ask(detector, sound)));

        Assert.Single(estimates.Distinct());
    }

    [Fact]
    public async Task EstimateAsync_Cancelled_Throws()
    {
        using var detector = Load(OnnxModelBuilder.MelMean());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => detector.EstimateAsync(new TurnQuestion { Audio = new short[160] }, new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task EstimateAsync_Disposed_Throws()
    {
        var detector = Load(OnnxModelBuilder.MelMean());
        detector.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Ask(detector, new short[160]));
    }

    [Fact]
    public void Load_AnotherKindOfModel_NamesWhatWasFoundAndWhatIsSupported()
    {
        var error = Assert.Throws<ConfigurationException>(() => Load(OnnxModelBuilder.Image()));

        Assert.Contains("pixels: Float[1, 3, 224, 224]", error.Message, StringComparison.Ordinal);
        Assert.Contains("Float[1, 80, 800]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModelOfManyNumbers_IsRefused()
    {
        var error = Assert.Throws<ConfigurationException>(() => Load(OnnxModelBuilder.MelFrames()));

        Assert.Contains("800 numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoModel_NamesThePath()
    {
        var error = Assert.Throws<ConfigurationException>(() => OnnxTurnDetector.Load(new OnnxTurnDetectorOptions { ModelPath = "/nowhere/turn.onnx" }));

        Assert.Contains("/nowhere/turn.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoOnnxFile_IsRefused() => Assert.Throws<ConfigurationException>(() => Load("not a model"u8.ToArray()));

    [Fact]
    public void Load_NoPath_IsRefused() => Assert.Throws<ConfigurationException>(() => OnnxTurnDetector.Load(new OnnxTurnDetectorOptions()));

    public void Dispose() => _directory.Delete(recursive: true);

    private static Task<TurnEstimate?> Ask(OnnxTurnDetector detector, short[] sound) =>
        detector.EstimateAsync(new TurnQuestion { Audio = sound }, CancellationToken.None).AsTask();

    private OnnxTurnDetector Load(byte[] model, Action<OnnxTurnDetectorOptions>? configure = null)
    {
        var path = Path.Combine(_directory.FullName, "model.onnx");
        File.WriteAllBytes(path, model);
        var options = new OnnxTurnDetectorOptions { ModelPath = path };
        configure?.Invoke(options);
        return OnnxTurnDetector.Load(options);
    }
}
