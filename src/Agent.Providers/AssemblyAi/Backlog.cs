namespace Agent.Providers.AssemblyAi;

/// <summary>How much audio was sent faster than it was spoken, and so may still be waiting at the service: what was sent, less the time that has passed.</summary>
/// <param name="time">The clock.</param>
internal sealed class Backlog(TimeProvider time)
{
    private TimeSpan _amount;
    private long _at = time.GetTimestamp();

    /// <summary>The amount at this moment.</summary>
    public TimeSpan Now
    {
        get
        {
            var now = time.GetTimestamp();
            var left = _amount - time.GetElapsedTime(_at, now);
            (_amount, _at) = (left > TimeSpan.Zero ? left : TimeSpan.Zero, now);
            return _amount;
        }
    }

    /// <summary>Audio was sent.</summary>
    public void Add(TimeSpan audio) => _amount = Now + audio;
}
