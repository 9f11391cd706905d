using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.AssemblyAi.Wire;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// The results of a stream: turns as they are read, and exactly one end for each flush, when its turn is over or when nothing of a turn has come for long enough.
/// Any thread.
/// </summary>
internal sealed class TurnResults : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>();
    private readonly TaskCompletionSource<ProviderException> _overdue = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Transcript> _batch = [];
    private readonly AwaitedFlushes _flushes = new();
    private readonly Doubt _doubt;
    private readonly string _provider;
    private readonly TimeSpan _flushTimeout;
    private readonly TimeSpan _turnTimeout;
    private readonly TimeSpan _formattingTimeout;
    private readonly ITimer _flushTimer;
    private readonly ITimer _formattingTimer;
    private AssemblyAiSession _session;
    private TimeSpan _backlog;
    private bool _isLastWait;
    private bool _isProving;

    public TurnResults(string provider, AssemblyAiSession session, AssemblyAiOptions options, TimeProvider time)
    {
        _doubt = new Doubt(time);
        _provider = provider;
        _session = session;
        _flushTimeout = options.FlushTimeout;
        _turnTimeout = options.Resilience.FirstByteTimeout;
        _formattingTimeout = options.FormattingTimeout;
        _flushTimer = time.CreateTimer(_ => OnFlushTimeout(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _formattingTimer = time.CreateTimer(_ => OnFormattingTimeout(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when the end of a turn that is open was asked for and does not come: the service hangs.</summary>
    public Task<ProviderException> Overdue => _overdue.Task;

    /// <summary>Whether no turn is open and no flush is awaited.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_gate)
                return _flushes.Count == 0 && !_session.Turns.IsTurnOpen;
        }
    }

    /// <summary>Told when a voice was answered with nothing, so that the session has to prove that it listens; then <see cref="IsDoubted"/>. Set before anything is read.</summary>
    public Action Doubted { get; set; } = static () => { };

    /// <summary>Whether the session has to prove that it listens, now that it may.</summary>
    public bool IsDoubted
    {
        get
        {
            lock (_gate)
                return _isProving &= _flushes.Count > 0 && !_session.Turns.IsTurnOpen;
        }
    }

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Takes the current session's next turn message.</summary>
    public void Read(TurnMessage turn)
    {
        lock (_gate)
        {
            var ended = _session.Turns.Read(turn, _batch);
            Write(ended);

            // A service that still finds words is not one that hangs.
            if (ended == 0 && _flushes.Count > 0)
            {
                _isLastWait = true;
                _flushTimer.Change(_turnTimeout, Timeout.InfiniteTimeSpan);
            }

            _formattingTimer.Change(_session.Turns.AwaitsFormatted ? _formattingTimeout : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A voice has begun at about this time of the stream: a turn that ended before is not the one whose end is asked for next.</summary>
    public void SpeechBegins(TimeSpan at)
    {
        lock (_gate)
            _flushes.VoiceBegins(at);
    }

    /// <summary>The end of the turn is asked for.</summary>
    /// <param name="at">The time in the stream.</param>
    /// <param name="backlog">How much audio has been sent faster than it was spoken; the service may take as much longer.</param>
    public void ExpectFlush(TimeSpan at, TimeSpan backlog)
    {
        lock (_gate)
        {
            _backlog = backlog;
            _flushes.Add(at);
            if (_flushes.Count == 1)
                Await(isLastWait: false);
        }
    }

    /// <summary>Answers a flush that has nothing to wait for.</summary>
    public void AnswerFlush() => _results.Writer.TryWrite(new Transcript { Kind = TranscriptKind.Flushed });

    /// <summary>The current session has ended in order. One that was doubted has proved by it that it listened: there were no other words.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (!_isProving)
                return;
            _isProving = false;
            _doubt.Proved();
            Write(_session.Turns.Finish(_batch));
            while (_flushes.Count > 0)
                EndFlush();
        }
    }

    /// <summary>The current session is over; results come from the next.</summary>
    public void GoOn(AssemblyAiSession next)
    {
        lock (_gate)
        {
            Write(_session.Turns.Finish(_batch));
            _session = next;
        }
    }

    /// <summary>Nothing more comes.</summary>
    public async ValueTask CompleteAsync(Exception? failure)
    {
        _results.Writer.TryComplete(failure);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _flushTimer.DisposeAsync();
        await _formattingTimer.DisposeAsync();
    }

    private void Write(int endedTurns)
    {
        foreach (var transcript in _batch)
        {
            _results.Writer.TryWrite(transcript);
            if (transcript.Kind == TranscriptKind.Final)
                EndTurn(transcript);
        }

        // A turn without words ends without a final; whoever asked for its end is answered.
        if (endedTurns > 0 && _batch.TrueForAll(transcript => transcript.Kind != TranscriptKind.Final) && _flushes.Count > 0)
            EndFlush();
        _batch.Clear();
    }

    private void EndTurn(Transcript final)
    {
        _doubt.Understood();
        if (_flushes.Understand(final.End))
        {
            EndFlush();
            return;
        }

        _results.Writer.TryWrite(new Transcript { Kind = TranscriptKind.EndOfTurn, Start = final.Start, End = final.End });
        if (_flushes.Count > 0)
            Await(isLastWait: false);
    }

    private void EndFlush()
    {
        _results.Writer.TryWrite(new Transcript { Kind = TranscriptKind.Flushed });
        _flushes.Answer();
        if (_flushes.Count > 0)
            Await(isLastWait: false);
        else
            _flushTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Await(bool isLastWait)
    {
        _isLastWait = isLastWait;
        _flushTimer.Change(isLastWait ? Later(_turnTimeout - _flushTimeout, TimeSpan.FromMilliseconds(1)) : _flushTimeout + _backlog, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void OnFlushTimeout()
    {
        lock (_gate)
        {
            if (_flushes.Count == 0 || (_isProving && !_session.Turns.IsTurnOpen))
                return;
            if (!_session.Turns.IsTurnOpen && _flushes.IsVoiceLost && _doubt.IsDue)
            {
                _isProving = true;
                Doubted();
            }
            else if (!_session.Turns.IsTurnOpen)
            {
                EndFlush();
            }
            else if (!_isLastWait)
            {
                Await(isLastWait: true);
            }
            else
            {
                _overdue.TrySetResult(new ProviderException(
                    _provider, ProviderErrorKind.Timeout, $"{_provider}: the end of the turn did not come within {_turnTimeout.TotalSeconds:0.##} s (FirstByteTimeout).", isTransient: true)
                { RequestId = _session.Id });
            }
        }
    }

    private void OnFormattingTimeout()
    {
        lock (_gate)
        {
            if (_session.Turns.AwaitsFormatted)
                Write(_session.Turns.Finish(_batch));
        }
    }
}
