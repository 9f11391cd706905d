using Agent.Pipeline.Errors;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>
/// One participant's speech on its way to text, over as many connections to the recogniser as it takes. Audio goes in from the audio loop, results come out of a
/// loop of its own. What no result has settled yet is kept: when a connection is lost or dead, the next is given it, faster than it was spoken, and is asked again
/// for the words that are owed.
/// </summary>
internal sealed class Recogniser
{
    private const int SampleRateHz = 16_000;

    // Twenty times as fast as it was spoken.
    private const int ReplaySamples = 6_400;
    private static readonly TimeSpan s_replayPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_watchPeriod = TimeSpan.FromMilliseconds(50);

    // A connection that was in use is replaced at once.
    private static readonly TimeSpan[] s_delays = [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private readonly ISpeechToText _provider;
    private readonly SessionClock _clock;
    private readonly IRecogniserListener _listener;
    private readonly Random _jitter;
    private readonly Lock _gate = new();
    private readonly UnsettledAudio _audio = new();
    private readonly RecogniserClock _positions = new();
    private readonly RecognisedSpeech _speech = new();
    private readonly RecogniserWatch _watch;
    private readonly long _maxKept;
    private RecogniserConnection? _connection;
    private long _nextPosition = -1;
    private int _owed;
    private bool _isRefused;

    internal Recogniser(ISpeechToText provider, SessionClock clock, IRecogniserListener listener, RecogniserOptions? options = null)
    {
        _provider = provider;
        _clock = clock;
        _listener = listener;
        options ??= new RecogniserOptions();
        _watch = new RecogniserWatch(provider, options);
        _maxKept = (long)(options.MaxReplay.TotalSeconds * SampleRateHz);

        // Differs from session to session, and not from one run on virtual time to the next.
        _jitter = new Random(unchecked((int)clock.Provider.GetUtcNow().Ticks));
    }

    /// <summary>What all connections have cost.</summary>
    internal SpeechUsage Usage
    {
        get
        {
            lock (_gate)
                return field + (_connection?.Stream.Usage ?? SpeechUsage.None);
        }

        private set;
    }

    /// <summary>Takes the next samples at 16 kHz; called from the audio loop only.</summary>
    internal void Push(ReadOnlySpan<short> samples, long position)
    {
        lock (_gate)
        {
            if (position != _nextPosition)
                _positions.Jump(_audio.End, position);
            _nextPosition = position + samples.Length;
            var isUpToDate = _connection?.Next == _audio.End;
            _audio.Add(samples);
            _speech.Goes(_audio.End);
            if (isUpToDate)
                _connection!.Feed(_audio, samples.Length);
            Forget();
        }
    }

    /// <summary>A voice has begun a moment ago.</summary>
    internal void SpeechBegins()
    {
        lock (_gate)
        {
            _speech.Begins(_audio.End);
            _watch.SpeechBegins(_clock.Now);
            _connection?.Stream.SpeechBegins();
        }
    }

    /// <summary>The voice has ended a moment ago.</summary>
    internal void SpeechEnds()
    {
        lock (_gate)
            _speech.Ends();
    }

    /// <summary>Asks for the final words of everything pushed so far; false when nobody can answer.</summary>
    internal bool TryFlush()
    {
        lock (_gate)
        {
            if (_connection is null && _isRefused)
                return false;
            if (_connection is { } connection && connection.Next == _audio.End)
                connection.Flush(_clock.Now);
            else
                _owed++;
            return true;
        }
    }

    /// <summary>Keeps a connection and reads its results until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var failures = 0; !cancellationToken.IsCancellationRequested;)
            {
                var (connection, error) = await ConnectAsync(cancellationToken);
                failures = connection?.HasAnswered == true ? 0 : failures;
                if (error is not null)
                    _listener.OnRecogniserFailed(error);
                if (connection is null)
                    GiveUpFlushes(cancellationToken);

                // One that was in use is replaced at once, also where it ended by itself; one that never was, later and later.
                var inUse = connection is { HasAnswered: true } || (connection is not null && failures == 0);
                failures++;
                if (!inUse)
                    await Task.Delay(s_delays[Math.Min(failures - 1, s_delays.Length - 1)] * (0.75 + 0.5 * _jitter.NextDouble()), _clock.Provider, cancellationToken);
            }
        }
        finally
        {
            lock (_gate)
                _audio.Clear();
        }
    }

    /// <summary>Opens a connection and reads it to its end.</summary>
    private async Task<(RecogniserConnection? Connection, ProviderException? Error)> ConnectAsync(CancellationToken cancellationToken)
    {
        RecogniserConnection? connection = null;
        try
        {
            await using var stream = await _provider.OpenAsync(cancellationToken);
            connection = Attach(stream);
            for (var i = 0; i < stream.PassedOver.Count; i++)
                _listener.OnRecogniserReplaced(stream.PassedOver[i], stream.ServedBy ?? _provider.Name);
            try
            {
                await ListenAsync(connection, cancellationToken);
            }
            finally
            {
                Detach(connection);
            }

            return (connection, null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return (connection, e as ProviderException ?? new ProviderException(
                _provider.Name, ProviderErrorKind.Protocol, $"The recogniser {_provider.Name} failed unexpectedly: {e.Message}", isTransient: true, e));
        }
    }

    private async Task ListenAsync(RecogniserConnection connection, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(connection, stop.Token);
        var tending = TendAsync(connection, stop.Token);
        await Task.WhenAny(reading, tending);
        stop.Cancel();
        var death = await tending;
        try
        {
            await reading;
        }
        catch (OperationCanceledException) when (death is not null)
        {
            // It was given up, which says more.
        }

        if (death is not null)
            throw death;
    }

    private async Task ReadAsync(RecogniserConnection connection, CancellationToken cancellationToken)
    {
        await foreach (var transcript in connection.Stream.ReadAsync(cancellationToken))
        {
            bool isNews;
            long start, end;
            lock (_gate)
            {
                connection.Heard(transcript, _clock.Now);
                _watch.Heard();
                isNews = _speech.Hear(connection, transcript);
                start = _positions.Position(connection.Sample(transcript.Start));
                end = _positions.Position(connection.Sample(transcript.End));
            }

            if (isNews)
                _listener.OnTranscript(transcript, start, end);
        }
    }

    /// <summary>Gives the connection what it has missed, and then looks whether it is alive.</summary>
    /// <returns>Why it is given up; null when it ended.</returns>
    private async Task<ProviderException?> TendAsync(RecogniserConnection connection, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_replayPeriod, _clock.Provider);
        try
        {
            do
            {
                ProviderException? error;
                lock (_gate)
                {
                    if (connection.Next < _audio.End)
                        connection.Feed(_audio, ReplaySamples);
                    else if (timer.Period != s_watchPeriod)
                        timer.Period = s_watchPeriod;
                    error = connection.Next < _audio.End ? null : WhyDead(connection);
                }

                if (error is null)
                    continue;
                connection.Stream.GiveUp(error);
                return error;
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The reading has ended, and says why.
        }

        return null;
    }

    private RecogniserConnection Attach(ISpeechToTextStream stream)
    {
        lock (_gate)
        {
            _isRefused = false;
            var origin = Math.Max(_speech.Settled, _audio.Start);
            _connection = new RecogniserConnection(stream, _provider.Capabilities.SampleRateHz, origin) { HeardFromAt = _clock.Now, ShownBefore = _speech.Shown };
            if (_speech.IsUnsettled)
                stream.SpeechBegins();
            return _connection;
        }
    }

    private void Detach(RecogniserConnection connection)
    {
        lock (_gate)
        {
            _connection = null;
            _owed += connection.Owed;
            _speech.ConnectionEnded();
            Usage += connection.Stream.Usage;
        }
    }

    /// <summary>Whoever waits for the last words need not wait any longer.</summary>
    private void GiveUpFlushes(CancellationToken cancellationToken)
    {
        int owed;
        lock (_gate)
        {
            _isRefused = true;
            owed = _owed;
            _owed = 0;
        }

        for (; owed > 0 && !cancellationToken.IsCancellationRequested; owed--)
            _listener.OnFlushGivenUp();
    }

    /// <summary>Keeps what another connection would need.</summary>
    private void Forget()
    {
        var isOwed = _owed > 0 || _connection is { Owed: > 0 };
        var from = Math.Max(_speech.KeptFrom(_audio.End, isOwed), _audio.End - _maxKept);
        _audio.Forget(_connection is { } connection ? Math.Min(from, connection.Next) : from);
    }

    /// <summary>Asks a connection that has all the audio for the words that are owed, one question for each, so that each has its answer; and looks whether it is alive.</summary>
    private ProviderException? WhyDead(RecogniserConnection connection)
    {
        for (; _owed > 0; _owed--)
            connection.Flush(_clock.Now);
        return _watch.WhyDead(connection, _speech.IsGoing, _clock.Now);
    }
}
