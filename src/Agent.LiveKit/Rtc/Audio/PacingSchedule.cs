namespace Agent.LiveKit.Rtc.Audio;

/// <summary>
/// When each 10 ms of sound is sent. Frames are due at multiples of 10 ms from the first one, so that neither rounding nor late wake-ups
/// add up to drift; a frame that is late is caught up on, and a long stall starts a new count.
/// </summary>
/// <param name="frequency">Clock ticks per second.</param>
/// <param name="grace">How long a late frame is waited for before silence takes its place, in ticks.</param>
/// <param name="silenceTail">How long silence is sent after the last sound, in ticks; <see cref="long.MaxValue"/> for ever.</param>
internal struct PacingSchedule(long frequency, long grace, long silenceTail)
{
    private readonly long _frame = frequency / 100;

    // A wake-up up to half a millisecond early is on time: the clock that wakes us counts whole milliseconds.
    private readonly long _tolerance = frequency / 2_000;
    private readonly long _maxCatchUp = frequency / 5;

    private bool _isRunning;
    private bool _isSound;
    private long _due;
    private long _soundEnd;

    /// <summary>When to look again, in ticks; meant for <see cref="PacingStep.Wait"/> and <see cref="PacingStep.WaitForFrame"/>.</summary>
    public long WakeAt { get; private set; }

    /// <summary>Times at which silence had to take the place of a late frame.</summary>
    public long Underruns { get; private set; }

    /// <summary>Whether <see cref="Next"/> may send something at a moment.</summary>
    public readonly bool IsDue(long now) => !_isRunning || now >= _due - _tolerance;

    /// <summary>Decides what to do at a moment; a step that sends moves the schedule on by one frame.</summary>
    /// <param name="now">The moment, in ticks.</param>
    /// <param name="hasFrame">Whether a frame is there.</param>
    public PacingStep Next(long now, bool hasFrame)
    {
        if (!_isRunning)
        {
            if (!hasFrame)
                return PacingStep.Idle;
            _isRunning = true;
            _due = now;
        }

        if (!IsDue(now))
        {
            WakeAt = _due;
            return PacingStep.Wait;
        }

        if (now - _due > _maxCatchUp)
            _due = now;
        if (hasFrame)
        {
            _isSound = true;
            _due += _frame;
            _soundEnd = _due;
            return PacingStep.SendFrame;
        }

        return WithoutFrame(now);
    }

    private PacingStep WithoutFrame(long now)
    {
        if (_isSound && now < _due + grace - _tolerance)
        {
            WakeAt = _due + grace;
            return PacingStep.WaitForFrame;
        }

        if (_isSound)
            Underruns++;
        _isSound = false;
        if (_due - _soundEnd >= silenceTail)
        {
            _isRunning = false;
            return PacingStep.Idle;
        }

        _due += _frame;
        return PacingStep.SendSilence;
    }
}
