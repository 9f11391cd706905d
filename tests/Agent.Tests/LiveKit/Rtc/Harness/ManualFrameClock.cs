using Agent.LiveKit.Rtc.Audio;

namespace Agent.Tests.LiveKit.Rtc.Harness;

/// <summary>A frame clock that goes on when told to, in microseconds.</summary>
internal sealed class ManualFrameClock : IFrameClock
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private long _now;

    public long Frequency => 1_000_000;

    public long Now => Interlocked.Read(ref _now);

    /// <summary>Alarms that were armed so far.</summary>
    internal long Armed;

    public IFrameAlarm Register(AsyncSignal signal)
    {
        var alarm = new Alarm(this, signal);
        lock (_gate)
            _alarms.Add(alarm);
        return alarm;
    }

    internal void Advance(TimeSpan time)
    {
        Interlocked.Add(ref _now, (long)time.TotalMicroseconds);
        lock (_gate)
        {
            foreach (var alarm in _alarms)
                alarm.FireIfDue();
        }
    }

    private sealed class Alarm(ManualFrameClock clock, AsyncSignal signal) : IFrameAlarm
    {
        private long _at = long.MaxValue;

        public void Arm(long at)
        {
            Interlocked.Exchange(ref _at, at);
            Interlocked.Increment(ref clock.Armed);
            FireIfDue();
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._alarms.Remove(this);
        }

        internal void FireIfDue()
        {
            if (Interlocked.Read(ref _at) > clock.Now)
                return;
            Interlocked.Exchange(ref _at, long.MaxValue);
            signal.Set();
        }
    }
}
