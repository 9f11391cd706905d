namespace Agent.Playground.Check;

/// <summary>
/// One direction of the conversation as it sounded: the samples, and where they were loud enough to hear. 16 kHz mono, judged in windows of 10 ms
/// (160 samples). Safe for one writer and any number of readers.
/// </summary>
/// <param name="now">The clock that both directions share.</param>
internal sealed class AudioTrace(Func<TimeSpan> now)
{
    internal const int SampleRateHz = 16_000;
    internal const int Window = SampleRateHz / 100;

    /// <summary>The root mean square from which a window is audible, of 32,768: -46 dB, far above coding noise and far below speech.</summary>
    internal const double Audible = 160;

    private readonly Lock _lock = new();
    private readonly List<short> _samples = [];
    private readonly List<bool> _audible = [];
    private readonly SampleClock _clock = new(SampleRateHz);

    /// <summary>Samples so far, those included that were skipped and count as silence.</summary>
    internal long Length
    {
        get
        {
            lock (_lock)
                return _samples.Count;
        }
    }

    /// <summary>Adds samples that have just been sent or heard.</summary>
    /// <param name="position">The position of the first one; a gap before it is silence.</param>
    /// <param name="samples">16 kHz mono, of any length.</param>
    internal void Append(long position, ReadOnlySpan<short> samples)
    {
        lock (_lock)
        {
            while (_samples.Count < position)
                _samples.Add(0);
            _samples.AddRange(samples);
            while ((_audible.Count + 1) * Window <= _samples.Count)
                _audible.Add(IsAudible(_audible.Count * Window));
            _clock.Observe(_samples.Count, now());
        }
    }

    /// <summary>The first audible sample at or after <paramref name="from"/>; null when there is none (yet).</summary>
    internal long? FirstAudible(long from)
    {
        lock (_lock)
        {
            for (var window = (int)(Math.Max(0, from) / Window); window < _audible.Count; window++)
            {
                // One loud window alone is a click, not a voice.
                if (_audible[window] && window + 1 < _audible.Count && _audible[window + 1])
                    return (long)window * Window;
            }

            return null;
        }
    }

    /// <summary>The end of the last audible window in [<paramref name="from"/>, <paramref name="to"/>); null when all was silent.</summary>
    internal long? LastAudible(long from, long to = long.MaxValue)
    {
        lock (_lock)
        {
            for (var window = (int)Math.Min(_audible.Count, to / Window) - 1; window >= from / Window; window--)
            {
                if (_audible[window])
                    return (long)(window + 1) * Window;
            }

            return null;
        }
    }

    /// <summary>Where the first silence of at least <paramref name="duration"/> begins, at or after <paramref name="from"/>; null when there is none (yet).</summary>
    internal long? FirstSilence(long from, TimeSpan duration)
    {
        var needed = (int)(duration.TotalSeconds * SampleRateHz / Window);
        lock (_lock)
        {
            var silent = 0;
            for (var window = (int)(Math.Max(0, from) / Window); window < _audible.Count; window++)
            {
                silent = _audible[window] ? 0 : silent + 1;
                if (silent == needed)
                    return (long)(window + 1 - needed) * Window;
            }

            return null;
        }
    }

    /// <summary>When the sample at <paramref name="position"/> was sent or heard.</summary>
    internal TimeSpan TimeOf(long position)
    {
        lock (_lock)
            return _clock.TimeOf(position);
    }

    /// <summary>Which sample was being sent or heard at <paramref name="time"/>.</summary>
    internal long PositionAt(TimeSpan time)
    {
        lock (_lock)
            return _samples.Count == 0 ? 0 : _clock.PositionAt(time);
    }

    internal short[] Slice(long from, long to)
    {
        lock (_lock)
        {
            var begin = (int)Math.Clamp(from, 0, _samples.Count);
            return [.. _samples[begin..(int)Math.Clamp(to, begin, _samples.Count)]];
        }
    }

    private bool IsAudible(int start)
    {
        double power = 0;
        for (var i = start; i < start + Window; i++)
            power += (double)_samples[i] * _samples[i];
        return Math.Sqrt(power / Window) >= Audible;
    }
}
