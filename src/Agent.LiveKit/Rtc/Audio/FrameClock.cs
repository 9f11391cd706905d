using System.Diagnostics;

namespace Agent.LiveKit.Rtc.Audio;

/// <summary>
/// One thread that wakes every sender of sound in the process. The system's timers count in steps of up to 4 ms, too coarse for
/// frames of 10 ms; this waits to the millisecond. The thread lives while anybody is registered.
/// </summary>
internal sealed class FrameClock : IFrameClock
{
    private readonly object _gate = new();
    private readonly List<Alarm> _alarms = [];
    private Thread? _thread;
    private long _waitsUntil;

    internal static FrameClock Shared { get; } = new();

    public long Frequency => Stopwatch.Frequency;

    public long Now => Stopwatch.GetTimestamp();

    public IFrameAlarm Register(AsyncSignal signal)
    {
        var alarm = new Alarm(this, signal);
        lock (_gate)
        {
            _alarms.Add(alarm);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "frame-clock", Priority = ThreadPriority.Highest };
                _thread.Start();
            }
        }

        return alarm;
    }

    private void Run()
    {
        lock (_gate)
        {
            while (_alarms.Count > 0)
            {
                var next = Fire(out var fired);
                // Whoever was woken is due again in 10 ms: to wait for that saves being woken in between to hear it.
                if (fired)
                    next = Math.Min(next, Now + (Frequency / 100));
                _waitsUntil = next;
                if (next == long.MaxValue)
                    Monitor.Wait(_gate);
                else
                    Monitor.Wait(_gate, WaitMilliseconds(next - Now));
            }

            _thread = null;
        }
    }

    /// <summary>Wakes everybody whose time has come.</summary>
    /// <returns>When the next one's time comes.</returns>
    private long Fire(out bool fired)
    {
        fired = false;
        // What is due within the next half millisecond is woken along, which saves wake-ups of this thread where many rooms speak.
        var now = Now + (Frequency / 2_000);
        var next = long.MaxValue;
        foreach (var alarm in _alarms)
        {
            if (alarm.At > now)
            {
                next = Math.Min(next, alarm.At);
                continue;
            }

            alarm.Fire();
            fired = true;
        }

        return next;
    }

    private int WaitMilliseconds(long ticks) => (int)Math.Clamp((ticks + (Frequency / 2_000)) * 1_000 / Frequency, 1, 1_000);

    private void Arm(Alarm alarm, long at)
    {
        lock (_gate)
        {
            alarm.At = at;
            if (at < _waitsUntil - (Frequency / 2_000))
                Monitor.Pulse(_gate);
        }
    }

    private void Remove(Alarm alarm)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            Monitor.Pulse(_gate);
        }
    }

    private sealed class Alarm(FrameClock clock, AsyncSignal signal) : IFrameAlarm
    {
        internal long At { get; set; } = long.MaxValue;

        public void Arm(long at) => clock.Arm(this, at);

        public void Dispose() => clock.Remove(this);

        internal void Fire()
        {
            At = long.MaxValue;
            signal.Set();
        }
    }
}
