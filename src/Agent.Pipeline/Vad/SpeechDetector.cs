namespace Agent.Pipeline.Vad;

/// <summary>
/// Turns a probability per window into speech with a start and an end. It counts in samples, not in arrival times, so that late and
/// bunched frames change nothing.
/// </summary>
internal sealed class SpeechDetector
{
    private const int SampleRateHz = 16_000;

    private readonly float _activation;
    private readonly float _deactivation;
    private readonly long _minSpeech;
    private readonly long _minSilence;

    // Where the run of windows began that may become speech (or, while speaking, silence); negative while there is none.
    private long _candidate = -1;

    internal SpeechDetector(VoiceActivityOptions options)
    {
        _activation = (float)options.Activation;
        _deactivation = (float)Math.Min(options.Deactivation, options.Activation);
        _minSpeech = Samples(options.MinSpeech);
        _minSilence = Samples(options.MinSilence);
    }

    /// <summary>Whether somebody is speaking.</summary>
    internal bool IsSpeaking { get; private set; }

    /// <summary>Takes the probability of the next window.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="start">The position of the window's first sample.</param>
    /// <param name="end">The position after the window's last sample.</param>
    internal SpeechBoundary Accept(float probability, long start, long end)
    {
        var confirms = IsSpeaking ? probability < _deactivation : probability >= _activation;
        if (!confirms)
        {
            // Between the two thresholds nothing is decided: a start that has begun goes on, an end that has begun goes on.
            var undecided = IsSpeaking ? probability < _activation : probability >= _deactivation;
            if (!undecided)
                _candidate = -1;
            return default;
        }

        if (_candidate < 0)
            _candidate = start;
        if (end - _candidate < (IsSpeaking ? _minSilence : _minSpeech))
            return default;

        var position = _candidate;
        _candidate = -1;
        IsSpeaking = !IsSpeaking;
        return new SpeechBoundary(IsSpeaking ? SpeechBoundaryKind.Started : SpeechBoundaryKind.Ended, position);
    }

    /// <summary>Ends speech that a gap or the end of the audio has cut off.</summary>
    /// <param name="position">Where the audio ended.</param>
    internal SpeechBoundary Stop(long position)
    {
        _candidate = -1;
        if (!IsSpeaking)
            return default;
        IsSpeaking = false;
        return new SpeechBoundary(SpeechBoundaryKind.Ended, position);
    }

    private static long Samples(TimeSpan duration) => (long)(duration.TotalSeconds * SampleRateHz);
}
