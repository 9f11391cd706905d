using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Agent.Pipeline.EndOfTurn.Sound;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Native;
using Agent.Pipeline.Onnx;

namespace Agent.Pipeline.EndOfTurn;

/// <summary>
/// Judges from the sound, with any ONNX model of the smart-turn kind (github.com/pipecat-ai/smart-turn): version 3 takes log-mel features of 8 s,
/// version 2 samples; which of them it is, the model's own description tells. Thread-safe; one serves a whole process.
/// </summary>
public sealed class OnnxTurnDetector : ITurnDetector, IDisposable
{
    private readonly OnnxRuntime _runtime;
    private readonly OnnxHandle _session;
    private readonly TurnModelInput _input;
    private readonly string _outputName;
    private readonly bool _isLogit;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentBag<TurnModelRun> _free = [];
    private volatile bool _isDisposed;

    private OnnxTurnDetector(OnnxTurnDetectorOptions options, OnnxRuntime runtime, OnnxHandle session)
    {
        _runtime = runtime;
        _session = session;
        _isLogit = options.IsLogit;
        Threshold = options.Threshold;
        _input = TurnModelInput.Of(options.ModelPath, OnnxSignature.Inputs(runtime, session));
        var outputs = OnnxSignature.Outputs(runtime, session);
        if (outputs is not [{ Element: OnnxElement.Float }, ..])
            throw new ConfigurationException($"The end-of-turn model at {options.ModelPath} gives {string.Join("; ", outputs.Select(output => output.ToString()))} where a Float is needed: use a model of the smart-turn kind.");
        _outputName = outputs[0].Name;
        _places = new SemaphoreSlim(options.MaxConcurrency);
    }

    /// <inheritdoc/>
    public string Name => "onnx";

    /// <inheritdoc/>
    public double Threshold { get; }

    /// <inheritdoc/>
    public bool NeedsAudio => true;

    /// <summary>Loads the model and the library, and runs the model once, so that the first question is as fast as any other.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong, or the model or the library is missing or not usable.</exception>
    public static OnnxTurnDetector Load(OnnxTurnDetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }
        catch (ValidationException e)
        {
            throw new ConfigurationException($"The end-of-turn model cannot be run like this: {e.Message} The value seen is {e.Value}.", e);
        }

        var path = NativeFile.Find("The end-of-turn model", options.ModelPath, options.ModelPath, "name the file of a smart-turn model in the settings");
        var runtime = OnnxRuntime.Load(options.LibraryPath);
        OnnxHandle? session = null;
        try
        {
            session = runtime.OpenSession(path);
            var detector = new OnnxTurnDetector(options, runtime, session);
            var first = new TurnModelRun(runtime, session, detector._input, detector._outputName);
            detector._free.Add(first);
            detector.Probability(first.Run(new short[TurnQuestion.SampleRateHz]));
            return detector;
        }
        catch (AgentException e)
        {
            session?.Dispose();
            runtime.Dispose();
            if (e is ConfigurationException)
                throw;
            throw new ConfigurationException($"The end-of-turn model at {path} could not be used: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TurnEstimate?> EstimateAsync(TurnQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (question.Audio.IsEmpty)
            return null;
        await _places.WaitAsync(cancellationToken);
        try
        {
            // The session's loop goes on while the model runs.
            return await Task.Run(() => Estimate(question.Audio), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Frees the model. Questions that are being answered are answered.</summary>
    public void Dispose()
    {
        lock (_free)
        {
            _isDisposed = true;
            _session.Dispose();
            _runtime.Dispose();
        }

        DisposeFree();
    }

    private TurnEstimate Estimate(ReadOnlyMemory<short> audio)
    {
        var run = Take();
        double probability;
        try
        {
            probability = Probability(run.Run(audio.Span));
        }
        finally
        {
            _free.Add(run);

            // Disposed meanwhile: whoever comes last clears the bag.
            if (_isDisposed)
                DisposeFree();
        }

        return new TurnEstimate(probability, probability >= Threshold ? "it sounds finished" : "it sounds unfinished");
    }

    private TurnModelRun Take()
    {
        if (_free.TryTake(out var run))
            return run;
        lock (_free)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return new TurnModelRun(_runtime, _session, _input, _outputName);
        }
    }

    private void DisposeFree()
    {
        while (_free.TryTake(out var run))
            run.Dispose();
    }

    private double Probability(float value)
    {
        if (_isLogit)
            return 1 / (1 + Math.Exp(-value));
        return value is >= 0 and <= 1
            ? value
            : throw new AgentException($"The end-of-turn model gives {value} where a probability from 0 to 1 is needed: if it gives log-odds, set {nameof(OnnxTurnDetectorOptions.IsLogit)}.");
    }
}
