namespace Agent.LiveKit.Worker.Machine;

/// <summary>
/// Tests one connection with the protocol's own pings. The server sets no read deadline and its socket pings say nothing about our side, so a
/// half-open link shows only here. The server answers in the order in which it reads: a pong also confirms what was sent before its ping.
/// </summary>
internal sealed class LinkMonitor(TimeSpan pingInterval, TimeSpan pongTimeout)
{
    private long _stamp;
    private TimeSpan _nextPing = TimeSpan.MaxValue;
    private TimeSpan _answerBy = TimeSpan.MaxValue;

    /// <summary>When something is due.</summary>
    public TimeSpan Deadline => _nextPing < _answerBy ? _nextPing : _answerBy;

    public void Start(TimeSpan now)
    {
        _nextPing = now + pingInterval;
        _answerBy = TimeSpan.MaxValue;
    }

    public void Stop() => _nextPing = _answerBy = TimeSpan.MaxValue;

    public bool IsDead(TimeSpan now) => now >= _answerBy;

    public bool IsPingDue(TimeSpan now) => now >= _nextPing;

    /// <summary>A ping is being sent. Returns its stamp: milliseconds, each larger than any before, over all connections.</summary>
    public long Ping(TimeSpan now)
    {
        _stamp = Math.Max(_stamp + 1, (long)now.TotalMilliseconds);
        _nextPing = now + pingInterval;
        if (_answerBy == TimeSpan.MaxValue)
            _answerBy = now + pongTimeout;
        return _stamp;
    }

    /// <summary>Something arrived: the link lives. With the last ping answered nothing is outstanding.</summary>
    public void Heard(TimeSpan now, long? pongStamp)
    {
        if (_answerBy == TimeSpan.MaxValue)
            return;
        _answerBy = pongStamp == _stamp ? TimeSpan.MaxValue : now + pongTimeout;
    }
}
