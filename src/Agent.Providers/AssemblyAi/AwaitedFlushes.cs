namespace Agent.Providers.AssemblyAi;

/// <summary>
/// The flushes that wait for the end of their turn, each with the voice that it asks about. Turns come in the order of the speech, but the end of one that the service
/// found by itself may cross the question for the end of the next. No clock in it; guarded by the results.
/// </summary>
internal sealed class AwaitedFlushes
{
    /// <summary>How much later than it began a voice is noticed, at most.</summary>
    private static readonly TimeSpan s_onset = TimeSpan.FromSeconds(0.5);

    private readonly Queue<Voice?> _waiting = new();
    private readonly Queue<Voice> _later = new();
    private Voice? _last;

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Whether the oldest asks about a voice of which no word has come, and no other has begun to speak since.</summary>
    public bool IsVoiceLost => _waiting.TryPeek(out var voice) && voice is { IsUnderstood: false } && _later.Count == 0 && voice == _last;

    /// <summary>A voice was noticed.</summary>
    /// <param name="at">The time of the stream up to which audio was pushed at that moment.</param>
    public void VoiceBegins(TimeSpan at) => _later.Enqueue(new Voice(at));

    /// <summary>The end of the turn is asked for.</summary>
    /// <param name="at">The time of the stream up to which it was sent.</param>
    public void Add(TimeSpan at)
    {
        while (_later.TryPeek(out var voice) && voice.NoticedAt <= at)
            _last = _later.Dequeue();
        _waiting.Enqueue(_last);
    }

    /// <summary>The final words of a turn have come.</summary>
    /// <param name="end">Their end in the stream.</param>
    /// <returns>Whether they are of the voice that the oldest flush asks about, and not of one before.</returns>
    public bool Understand(TimeSpan end)
    {
        var isAnswer = _waiting.TryPeek(out var asked) && (asked is null || end > asked.Began);
        foreach (var voice in (IEnumerable<Voice?>)[.. _waiting, _last, .. _later])
            voice?.IsUnderstood |= end > voice.NoticedAt;
        return isAnswer;
    }

    /// <summary>The oldest is answered.</summary>
    public void Answer()
    {
        // Asked about again, it is not doubted again.
        if (_waiting.Dequeue() is { } voice)
            voice.IsUnderstood = true;
    }

    private sealed class Voice(TimeSpan noticedAt)
    {
        public TimeSpan NoticedAt { get; } = noticedAt;

        public TimeSpan Began { get; } = noticedAt > s_onset ? noticedAt - s_onset : TimeSpan.Zero;

        public bool IsUnderstood { get; set; }
    }
}
