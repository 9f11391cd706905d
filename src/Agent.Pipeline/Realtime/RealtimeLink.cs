using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime.Events;
using Agent.Pipeline.Sessions;

namespace Agent.Pipeline.Realtime;

/// <summary>
/// A session's speech-to-speech model over as many connections as it takes. One that is lost is replaced: the next is told what was said, hears the turn that nobody
/// has answered, and is asked for the answers of which nothing had come. Commands may come from any thread.
/// </summary>
internal sealed class RealtimeLink
{
    private static readonly TimeSpan[] s_delays = [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2)];

    private readonly IRealtimeModel _model;
    private readonly SessionClock _clock;
    private readonly IRealtimeListener _listener;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RealtimeAnswer> _answers = new(StringComparer.Ordinal);
    private readonly AsyncSignal _wanted = new();
    private IRealtimeConnection? _opened;
    private IRealtimeConnection? _connection;
    private bool _isOver;

    /// <param name="model">Who hears and speaks.</param>
    /// <param name="endsTurns">Whether the model ends the user's turns.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="listener">Learns what it hears.</param>
    internal RealtimeLink(IRealtimeModel model, bool endsTurns, SessionClock clock, IRealtimeListener listener)
    {
        _model = model;
        _clock = clock;
        _listener = listener;
        Input = new RealtimeInput(model.Capabilities.InputSampleRateHz, endsTurns);
    }

    internal string ModelName => _model.Name;

    internal int OutputSampleRateHz => _model.Capabilities.OutputSampleRateHz;

    /// <summary>Where the user's voice goes.</summary>
    internal RealtimeInput Input { get; }

    /// <summary>Keeps a connection and reads it until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What an engine does before it first waits must not hold up the session.
            await Task.Yield();
            for (var failures = 0; !cancellationToken.IsCancellationRequested; failures++)
            {
                var isOpened = false;
                try
                {
                    await using var connection = await _model.OpenAsync(cancellationToken);
                    isOpened = true;
                    lock (_gate)
                        _opened = connection;
                    _listener.OnConnected(connection);
                    await foreach (var realtimeEvent in connection.ReadAsync(cancellationToken))
                    {
                        failures = 0;
                        Take(realtimeEvent);
                    }

                    throw Lost();
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    var error = e as ProviderException ?? new ProviderException(
                        _model.Name, ProviderErrorKind.Protocol, $"The speech-to-speech model {_model.Name} failed unexpectedly: {e.Message}", isTransient: true, e);

                    // A connection that was refused has been tried as often as makes sense; one that was lost may be replaced in a moment.
                    Detach(error, isRefused: !isOpened || failures > 0 || !error.IsTransient);
                    _listener.OnDisconnected();
                    _listener.OnFailed(error);
                }

                await PauseAsync(s_delays[Math.Min(failures, s_delays.Length - 1)], cancellationToken);
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Goes on with a connection; from the session's loop, so that nothing is said in between that it is not told.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="setup">What it has to know.</param>
    /// <param name="turn">What the user has said that nobody has answered.</param>
    /// <returns>Whether it is still there.</returns>
    internal bool Attach(IRealtimeConnection connection, RealtimeSetup setup, UnansweredTurn turn)
    {
        lock (_gate)
        {
            // It may be gone already.
            if (!ReferenceEquals(connection, _opened))
                return false;
            _connection = connection;
            connection.Begin(setup);
            Input.Attach(connection, replay: turn != UnansweredTurn.None);
            if (turn == UnansweredTurn.Ended)
                connection.Commit();
            foreach (var answer in _answers.Values)
                connection.Respond(answer.Request);
            return true;
        }
    }

    internal void Commit() => Do(static connection => connection.Commit());

    internal void Clear() => Do(static connection => connection.Clear());

    internal void Check() => Do(static connection => connection.Check());

    internal void Add(HistoryItem item) => Do(connection => connection.Add(item));

    internal void Remove(string itemId) => Do(connection => connection.Remove(itemId));

    internal void AddToolResult(string callId, string result) => Do(connection => connection.AddToolResult(callId, result));

    internal void Truncate(string itemId, TimeSpan heard) => Do(connection => connection.Truncate(itemId, heard));

    /// <summary>Asks for an answer; where there is no connection, as soon as there is one.</summary>
    internal RealtimeAnswer Respond(RealtimeRequest request)
    {
        var answer = new RealtimeAnswer(request);
        lock (_gate)
        {
            if (_isOver)
            {
                answer.Complete(Lost());
                return answer;
            }

            _answers[request.Id] = answer;
            if (_connection is null)
                _wanted.Set();
            _connection?.Respond(request);
        }

        return answer;
    }

    /// <summary>Ends an answer; nothing of it comes any more.</summary>
    internal void Cancel(RealtimeAnswer answer)
    {
        lock (_gate)
        {
            if (_answers.Remove(answer.Request.Id))
                _connection?.Cancel(answer.Request.Id);
        }

        answer.Complete();
    }

    /// <summary>Waits before the next try; somebody who waits for an answer is worth one at once.</summary>
    private async Task PauseAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(delay, _clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            await _wanted.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody has asked for anything.
        }
    }

    private void Do(Action<IRealtimeConnection> command)
    {
        lock (_gate)
        {
            if (_connection is { } connection)
                command(connection);
        }
    }

    private void Take(RealtimeEvent realtimeEvent)
    {
        switch (realtimeEvent)
        {
            case RealtimeAnswerEvent e: Route(e); break;
            case RealtimeTurnCommitted e: _listener.OnTurnCommitted(e); break;
            case RealtimeTranscript e: _listener.OnTranscript(e); break;
            case RealtimeProblem e: _listener.OnFailed(e.Error); break;
            default: throw new InvalidOperationException($"No session knows the event {realtimeEvent.GetType().Name}.");
        }
    }

    private void Route(RealtimeAnswerEvent answerEvent)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(answerEvent.RequestId, out var answer))
            {
                // Late packets of what was interrupted.
                (answerEvent as RealtimeAudio)?.Frame.Dispose();
                return;
            }

            answer.Add(answerEvent);
            if (answerEvent is not RealtimeAnswerEnded)
                return;
            _answers.Remove(answerEvent.RequestId);
            answer.Complete();
        }
    }

    /// <summary>The connection is gone: what it had begun cannot be gone on with; the rest waits for the next, unless there may be none for long.</summary>
    private void Detach(ProviderException error, bool isRefused)
    {
        lock (_gate)
        {
            _opened = null;
            _connection = null;
            Input.Attach(null, replay: false);
            foreach (var answer in _answers.Values.Where(answer => isRefused || answer.HasBegun).ToList())
            {
                _answers.Remove(answer.Request.Id);
                answer.Complete(error);
            }
        }
    }

    private void End()
    {
        Detach(Lost(), isRefused: true);
        lock (_gate)
            _isOver = true;
    }

    private ProviderException Lost() =>
        new(_model.Name, ProviderErrorKind.Connection, $"The connection to {_model.Name} has ended.", isTransient: true);
}
