namespace Agent.Worker.Configuration;

/// <summary>Where native files are found when they are not beside the program. Section <c>Native</c>.</summary>
public sealed class NativeOptions
{
    /// <summary>The configuration section: <c>Native</c>.</summary>
    public const string Section = "Native";

    /// <summary>LiveKit's room library: the npm package's <c>.node</c> file or a plain <c>liblivekit_ffi.so</c>.</summary>
    /// <value>Default null: <c>native/</c> beside the program, then the system's loader.</value>
    public string? LiveKitLibrary { get; set; }

    /// <summary>ONNX Runtime, <c>libonnxruntime.so</c>.</summary>
    /// <value>Default null: <c>native/</c> beside the program, then the system's loader.</value>
    public string? OnnxRuntimeLibrary { get; set; }

    /// <summary>The voice-activity model, <c>silero_vad.onnx</c>.</summary>
    /// <value>Default null: <c>native/</c> beside the program.</value>
    public string? SileroModel { get; set; }
}
