using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.EndOfTurn;

/// <summary>Which model <see cref="OnnxTurnDetector"/> runs, and how.</summary>
public sealed class OnnxTurnDetectorOptions
{
    /// <summary>The model's file.</summary>
    [Required]
    public string ModelPath { get; set; } = "";

    /// <summary>ONNX Runtime; null looks for <c>native/libonnxruntime.so</c> beside the program, then asks the system's loader.</summary>
    /// <value>Default null.</value>
    public string? LibraryPath { get; set; }

    /// <summary>The probability from which a turn counts as finished.</summary>
    /// <value>0 to 1, default 0.5.</value>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = 0.5;

    /// <summary>Whether the model gives log-odds, which become a probability here; the published smart-turn models give probabilities.</summary>
    /// <value>Default false.</value>
    public bool IsLogit { get; set; }

    /// <summary>How many questions are answered at the same time, over all sessions; further ones wait. Each keeps one core busy.</summary>
    /// <value>1 to 256, default half of the processors, at least 1.</value>
    [Range(1, 256)]
    public int MaxConcurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);
}
