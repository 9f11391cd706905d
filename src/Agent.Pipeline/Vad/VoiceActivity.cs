using Agent.Pipeline.Audio;

namespace Agent.Pipeline.Vad;

/// <summary>
/// One participant's audio from 10 ms frames to starts and ends of speech: gathers windows of 512 samples, asks the model, applies the
/// thresholds. Allocates nothing per frame.
/// </summary>
internal sealed class VoiceActivity : IDisposable
{
    // A gap in positions longer than this makes the model's memory worthless; a shorter one is a lost packet or two.
    private const int ToleratedGapSamples = 16_000 / 10;

    private readonly IVoiceActivityStream _stream;
    private readonly SpeechDetector _detector;
    private readonly short[] _window = new short[SileroStream.WindowSamples];
    private int _filled;
    private long _next = -1;

    internal VoiceActivity(IVoiceActivityModel model, VoiceActivityOptions options)
    {
        _stream = model.Open();
        _detector = new SpeechDetector(options);
    }

    internal bool IsSpeaking => _detector.IsSpeaking;

    /// <summary>Takes the next frame and tells what changed in it; at most one change, since a frame is shorter than a window.</summary>
    /// <param name="frame">16 kHz mono, at most 32 ms; stays the caller's.</param>
    internal SpeechBoundary Accept(AudioFrame frame)
    {
        var samples = frame.Samples.Span;
        if (frame.SampleRateHz != 16_000 || samples.Length > _window.Length)
            throw new ArgumentException($"Frames have at most 512 samples at 16000 Hz, this one {samples.Length} at {frame.SampleRateHz} Hz.", nameof(frame));

        var boundary = Continue(frame.Position);
        var take = Math.Min(samples.Length, _window.Length - _filled);
        samples[..take].CopyTo(_window.AsSpan(_filled));
        _filled += take;
        _next = frame.Position + samples.Length;
        if (_filled < _window.Length)
            return boundary;

        var end = frame.Position + take;
        var judged = _detector.Accept(_stream.Process(_window), end - _window.Length, end);
        samples[take..].CopyTo(_window);
        _filled = samples.Length - take;
        return boundary.Kind == SpeechBoundaryKind.None ? judged : boundary;
    }

    /// <summary>The audio has ended for now: the participant has left or fallen silent for good.</summary>
    internal SpeechBoundary Stop()
    {
        var boundary = _detector.Stop(Math.Max(0, _next));
        _stream.Reset();
        _filled = 0;
        _next = -1;
        return boundary;
    }

    public void Dispose() => _stream.Dispose();

    private SpeechBoundary Continue(long position)
    {
        if (_next < 0 || position == _next)
            return default;
        _filled = 0;
        return position - _next is > 0 and <= ToleratedGapSamples ? default : Stop();
    }
}
