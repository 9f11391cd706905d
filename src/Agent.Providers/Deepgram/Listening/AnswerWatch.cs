using Agent.Pipeline.Speech;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>
/// Which answers the vendor owes, and whether one that stays away means that nothing was said, or that the vendor is no longer there. Used by the sending and the
/// reading loop and a timer; the caller writes results in between, so it locks.
/// </summary>
/// <param name="options">How long the vendor may take.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerWatch(DeepgramOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);

    private readonly FlushLedger _flushes = new(DeepgramVendor.ListenSampleRateHz);
    private long _lastMessageAt = time.GetTimestamp();
    private long _sentAtLastMessage;
    private bool _hasOpenWords;
    private bool _hasVoice;

    /// <summary>In what time to <see cref="Look"/>; infinite where no answer is owed.</summary>
    public TimeSpan NextLook { get; private set; } = Timeout.InfiniteTimeSpan;

    /// <summary>A voice has begun, which the vendor has to answer for.</summary>
    public void OnVoice() => _hasVoice = true;

    /// <summary>The vendor has sent a message, whatever it says.</summary>
    /// <param name="sent">Samples that it was sent so far.</param>
    public void OnMessage(long sent) => (_lastMessageAt, _sentAtLastMessage) = (time.GetTimestamp(), sent);

    /// <summary>The vendor has told words.</summary>
    public void OnWords(TranscriptKind kind)
    {
        _hasOpenWords = kind == TranscriptKind.Interim;
        _hasVoice &= _hasOpenWords;
    }

    /// <summary>An answer is wanted.</summary>
    /// <param name="sent">Samples that the vendor was sent so far.</param>
    /// <returns>Whether the vendor has to be asked; false where nothing was sent since the last answer.</returns>
    public bool Ask(long sent)
    {
        if (!_flushes.Add(sent, time.GetTimestamp()))
            return false;
        AwaitOldest();
        return true;
    }

    /// <summary>An answer has come.</summary>
    /// <param name="end">Up to where audio is dealt with; null where the vendor does not say.</param>
    /// <returns>How many flushes it answers.</returns>
    public int OnAnswer(TimeSpan? end)
    {
        var answered = _flushes.Answer(end);
        if (answered > 0)
            _hasOpenWords = _hasVoice = false;
        AwaitOldest();
        return answered;
    }

    /// <summary>Whether the vendor says nothing for so long that its connection counts as lost.</summary>
    /// <param name="sent">Samples that it was sent so far.</param>
    public bool IsDeaf(long sent)
    {
        // Audio of a gap comes faster than it is spoken, so both the audio and the time have to have passed.
        var heard = TimeSpan.FromSeconds((double)(sent - _sentAtLastMessage) / DeepgramVendor.ListenSampleRateHz);
        return heard > options.SilenceTimeout && time.GetElapsedTime(_lastMessageAt) > options.SilenceTimeout;
    }

    /// <summary>Looks after the oldest answer that is owed, and gives it up where that is the vendor's right.</summary>
    public AnswerState Look()
    {
        var waits = _flushes.IsWaiting ? time.GetElapsedTime(_flushes.OldestSentAt) : TimeSpan.Zero;
        if (!_flushes.IsWaiting || waits < options.FlushTimeout)
        {
            AwaitOldest();
            return AnswerState.Awaited;
        }

        // Where nothing was said the vendor need not answer. But one that owes words, or is silent altogether after a voice, is no longer there;
        // one that goes on talking without the words that it owes is given as long again.
        var patience = options.Resilience.IdleTimeout;
        var silent = time.GetElapsedTime(_lastMessageAt);
        var owesAnswer = _hasVoice && _lastMessageAt < _flushes.OldestSentAt;
        if ((_hasOpenWords || owesAnswer) && silent >= patience)
            return AnswerState.Gone;
        if (owesAnswer || (_hasOpenWords && waits < options.FlushTimeout + patience))
        {
            NextLook = AtLeast(patience - silent);
            return AnswerState.Awaited;
        }

        _flushes.GiveUp();
        _hasOpenWords = _hasVoice = false;
        AwaitOldest();
        return AnswerState.Spared;
    }

    private void AwaitOldest() =>
        NextLook = _flushes.IsWaiting ? AtLeast(options.FlushTimeout - time.GetElapsedTime(_flushes.OldestSentAt)) : Timeout.InfiniteTimeSpan;

    private static TimeSpan AtLeast(TimeSpan wait) => wait < s_soon ? s_soon : wait;
}
