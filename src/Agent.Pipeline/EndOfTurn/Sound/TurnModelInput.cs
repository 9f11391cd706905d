using Agent.Pipeline.Errors;
using Agent.Pipeline.Onnx;

namespace Agent.Pipeline.EndOfTurn.Sound;

/// <summary>How a model of the smart-turn kind wants the sound, as its own description tells.</summary>
/// <param name="Name">The input with the sound.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="IsSpectrogram">Whether it takes log-mel features rather than samples.</param>
/// <param name="MaskName">An input that says which samples are real; null for none.</param>
internal sealed record TurnModelInput(string Name, long[] Shape, bool IsSpectrogram, string? MaskName)
{
    private const int SpectrogramFrames = 800;
    private const int DefaultSamples = 16 * TurnQuestion.SampleRateHz;

    // Shorter than any model of this kind takes: what is declared so small is something else.
    private const int LeastSamples = TurnQuestion.SampleRateHz;

    internal int Length => (int)Shape.Aggregate(1L, (product, dimension) => product * dimension);

    /// <exception cref="ConfigurationException">The model takes something else.</exception>
    internal static TurnModelInput Of(string path, OnnxTensorInfo[] inputs)
    {
        switch (inputs)
        {
            case [{ Element: OnnxElement.Float, Shape: [1 or < 0, MelFilters.Count, SpectrogramFrames or < 0] } features]:
                return new TurnModelInput(features.Name, [1, MelFilters.Count, SpectrogramFrames], IsSpectrogram: true, MaskName: null);
            case [{ Element: OnnxElement.Float, Shape: [1 or < 0, < 0 or >= LeastSamples] } wave]:
                return new TurnModelInput(wave.Name, [1, Samples(wave)], IsSpectrogram: false, MaskName: null);
            case [{ Element: OnnxElement.Float, Shape: [1 or < 0, < 0 or >= LeastSamples] } wave, { Element: OnnxElement.Int64, Shape.Length: 2 } mask]:
                return new TurnModelInput(wave.Name, [1, Samples(wave)], IsSpectrogram: false, mask.Name);
            default:
                throw new ConfigurationException(
                    $"The end-of-turn model at {path} takes {string.Join("; ", inputs.Select(input => input.ToString()))}. Supported are one Float[1, 80, 800] (log-mel features of 8 s, as smart-turn v3), "
                    + "or one Float[1, samples] (16 kHz, as smart-turn v2) with or without an Int64 mask of the same shape: name a model of one of these kinds.");
        }
    }

    private static long Samples(OnnxTensorInfo wave) => wave.Shape[1] < 0 ? DefaultSamples : wave.Shape[1];
}
