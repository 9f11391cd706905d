namespace Agent.LiveKit.Worker.Load;

/// <summary>
/// The exponential average of CPU use. Each reading is the mean since the one before, so nothing between two readings is missed; the average
/// keeps a short peak (a model being loaded, code being compiled) from deciding.
/// </summary>
internal sealed class SmoothedCpu(ICpuMeter meter, TimeSpan timeConstant)
{
    private static readonly TimeSpan MinStep = TimeSpan.FromSeconds(0.25);

    private CpuTime? _last;
    private TimeSpan _lastAt;

    /// <summary>The average, 0 to 1; 0 until there have been two readings.</summary>
    public double Value { get; private set; }

    /// <summary>Takes a reading, unless the last one is too recent to tell anything.</summary>
    public void Sample(TimeSpan now)
    {
        if (_last is not null && now - _lastAt < MinStep)
            return;
        if (meter.Read() is not { } reading)
            return;
        if (_last is { } last)
        {
            var step = (now - _lastAt).TotalSeconds;
            var capacity = double.IsNaN(reading.Capacity) ? step * reading.Processors : reading.Capacity - last.Capacity;
            if (capacity > 0)
            {
                var use = Math.Clamp((reading.Used - last.Used) / capacity, 0, 1);
                var weight = timeConstant > TimeSpan.Zero ? 1 - Math.Exp(-step / timeConstant.TotalSeconds) : 1;
                Value += weight * (use - Value);
            }
        }

        _last = reading;
        _lastAt = now;
    }
}
