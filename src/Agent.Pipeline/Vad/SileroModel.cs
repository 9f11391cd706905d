using Agent.Pipeline.Errors;
using Agent.Pipeline.Native;
using Agent.Pipeline.Onnx;

namespace Agent.Pipeline.Vad;

/// <summary>
/// The Silero voice-activity model (version 5 or later: inputs <c>input</c>, <c>state</c>, <c>sr</c>; outputs <c>output</c>, <c>stateN</c>) in ONNX Runtime.
/// Thread-safe; one serves a whole process. Streams that are open when it is disposed go on until they are disposed themselves.
/// </summary>
public sealed class SileroModel : IVoiceActivityModel, IDisposable
{
    private const string Remedy = "run `./run` once, or `npm ci --prefix native`, or name the file in the settings";

    private readonly OnnxRuntime _runtime;
    private readonly OnnxHandle _session;

    private SileroModel(OnnxRuntime runtime, OnnxHandle session)
    {
        _runtime = runtime;
        _session = session;
    }

    /// <summary>Loads the model and the library.</summary>
    /// <param name="modelPath">The model's file; null looks for <c>native/silero_vad.onnx</c> beside the program.</param>
    /// <param name="libraryPath">ONNX Runtime; null looks for <c>native/libonnxruntime.so</c> beside the program, then asks the system's loader.</param>
    /// <exception cref="ConfigurationException">The model or the library is missing or unusable.</exception>
    public static SileroModel Load(string? modelPath = null, string? libraryPath = null)
    {
        var path = NativeFile.Find("The voice-activity model silero_vad.onnx", modelPath, "silero_vad.onnx", Remedy);
        var runtime = OnnxRuntime.Load(libraryPath);
        OnnxHandle? session = null;
        try
        {
            session = runtime.OpenSession(path);
            Expect(path, "inputs", ["input", "state", "sr"], runtime.InputNames(session));
            Expect(path, "outputs", ["output", "stateN"], runtime.OutputNames(session));
            return new SileroModel(runtime, session);
        }
        catch (AgentException e)
        {
            session?.Dispose();
            runtime.Dispose();
            if (e is ConfigurationException)
                throw;
            throw new ConfigurationException($"The voice-activity model at {path} could not be read: {e.Message} To repair it {Remedy}.", e);
        }
    }

    /// <inheritdoc/>
    public IVoiceActivityStream Open() => new SileroStream(_runtime, _session);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _runtime.Dispose();
    }

    private static void Expect(string path, string what, string[] expected, string[] actual)
    {
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new ConfigurationException(
                $"The voice-activity model at {path} has the {what} {string.Join(", ", actual)} where {string.Join(", ", expected)} are needed: use a Silero model of version 5 or later.");
    }
}
