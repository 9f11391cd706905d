using Agent.Pipeline.Errors;
using Agent.Pipeline.Recordings;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns.Events;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Pipeline.Sessions;

/// <summary>One conversation of one agent in one room. Safe for use from any thread.</summary>
public sealed class Session : IAsyncDisposable
{
    // The end of speech is known when the window that completes the silence is complete.
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(32);

    // As long as a sentence lasts, and the voice that it waits for.
    private static readonly TimeSpan s_notice = TimeSpan.FromSeconds(10);

    private readonly SessionLoop _loop = new();
    private readonly SessionContext _context;
    private readonly Conversation _conversation;
    private readonly SpeechRequests _requests;
    private readonly ParticipantLink _link;
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SessionCloseReason? _reason;
    private Exception? _error;
    private ITimer? _givingUp;
    private int _running;

    /// <summary>Prepares a session; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="agent">What the agent is.</param>
    /// <param name="room">Where it talks; stays the caller's.</param>
    /// <param name="options">How the session behaves; null takes the defaults.</param>
    /// <param name="timeProvider">The clock; null is the system's.</param>
    /// <param name="loggerFactory">Where the log goes; null is nowhere.</param>
    /// <exception cref="ConfigurationException">An option is out of its range.</exception>
    public Session(
        AgentDefinition agent,
        IConversationRoom room,
        SessionOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(room);
        options ??= new SessionOptions();
        SessionValidation.Check(options);
        var turns = options.Turns.For(options.VoiceActivity.MinSilence + s_window, agent.TurnDetector, agent.RealtimeModel is not null);
        SessionValidation.Check(turns);
        SessionValidation.Check(agent, turns);
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<Session>();
        var clock = new SessionClock(timeProvider ?? TimeProvider.System);
        var events = new SessionEvents(logger);
        var failures = new FailureCount(options, clock, events, logger, GiveUp);
        var recorder = RecordingSetup.Of(agent, options, turns, clock, logger, ref room);
        _context = new SessionContext
        {
            Agent = agent,
            Options = options,
            Turns = turns,
            Room = room,
            RoomWriter = new RoomWriter(room, error => _loop.Post(() => failures.Failed(SessionStage.Room, error))),
            Clock = clock,
            Loop = _loop,
            Events = events,
            Failures = failures,
            Logger = logger,
            Recorder = recorder,
        };
        if (recorder is not null)
            events.Add(recorder);
        _conversation = new Conversation(_context, _over.Token);
        _requests = new SpeechRequests(_loop, _conversation, () => _reason is null);
        _link = new ParticipantLink(_context, _conversation, new Greeting(_context, _conversation).OnLinked, reason => Close(reason), _over.Token);
    }

    /// <summary>Adds somebody who sees what happens. Before <see cref="RunAsync"/> only.</summary>
    /// <exception cref="InvalidOperationException">The session runs already.</exception>
    public void Observe(ISessionObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (Volatile.Read(ref _running) != 0)
            throw new InvalidOperationException("Observers are added before the session runs.");
        _context.Events.Add(observer);
    }

    /// <summary>
    /// Holds the conversation until it ends: the room is gone, the participant has left, too many failures, or it was closed. Cancelling closes it
    /// in the same orderly way. Once for each session.
    /// </summary>
    /// <exception cref="InvalidOperationException">The session was run before.</exception>
    public async Task<SessionResult> RunAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("A session runs once: make a new one for each conversation.");
        SessionLog.Started(_context.Logger);
        try
        {
            using var registration = cancellationToken.Register(() => _loop.Post(() => Close(SessionCloseReason.Requested)));
            var recording = _context.Recorder?.RunAsync() ?? Task.CompletedTask;
            var showing = _context.RoomWriter.RunAsync(_over.Token);
            var playing = GuardRoomAsync(_conversation.Voice.PlayAsync);
            var watching = GuardRoomAsync(WatchRoomAsync);
            var warming = WarmUp.RunAsync(_context.Agent, _context.Logger, _over.Token);
            var modelling = _context.Realtime?.RunAsync(_over.Token) ?? Task.CompletedTask;
            await ConverseAsync();
            _context.Recorder?.Complete(_context.Clock.Now, _reason ?? SessionCloseReason.Requested);
            await EndAsync(showing, playing, watching, recording, modelling, warming);
            var result = new SessionResult(_reason ?? SessionCloseReason.Requested, _error, _context.History.Snapshot()) { Listening = _link.Usage };
            SessionLog.Ended(_context.Logger, result.Reason);
            _context.Events.Raise(new SessionClosed(_context.Clock.Now, result));
            return result;
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Lets the agent say something.</summary>
    /// <param name="text">The words; markdown is made speakable.</param>
    /// <param name="options">How the utterance behaves; null takes the defaults.</param>
    /// <returns>A handle that can be awaited.</returns>
    /// <exception cref="ArgumentException">There are no words, or an option is out of its range.</exception>
    public SpeechHandle Say(string text, SpeechOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        SessionValidation.CheckSpeaksText(_context.Agent);
        return _requests.Add(new SpokenText(text), options);
    }

    /// <summary>Lets the agent say something whose words come one by one; each clause is spoken as soon as it is there.</summary>
    /// <param name="text">The words, in pieces of any length; read once, when the utterance begins, and no further than it is wanted.</param>
    /// <param name="options">How the utterance behaves; null takes the defaults.</param>
    /// <returns>A handle that can be awaited.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SpeechHandle Say(IAsyncEnumerable<string> text, SpeechOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        SessionValidation.CheckSpeaksText(_context.Agent);
        return _requests.Add(new StreamedText(text), options);
    }

    /// <summary>Lets the agent play speech that exists already.</summary>
    /// <param name="speech">The recording and its words.</param>
    /// <param name="options">How the utterance behaves; null takes the defaults.</param>
    /// <returns>A handle that can be awaited.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SpeechHandle Say(RecordedSpeech speech, SpeechOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(speech);
        return _requests.Add(new RecordedText(speech), options);
    }

    /// <summary>Lets the agent answer without waiting for a turn of the user.</summary>
    /// <param name="instructions">What the model is told for this answer only; may be null.</param>
    /// <param name="options">How the utterance behaves; null takes the defaults.</param>
    /// <returns>A handle that can be awaited.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SpeechHandle GenerateReply(string? instructions = null, SpeechOptions? options = null) =>
        _requests.Add(new ModelAnswer(instructions), options);

    /// <summary>Lets the agent answer without waiting for a turn of the user.</summary>
    /// <param name="reply">What the model is told and may do.</param>
    /// <param name="options">How the utterance behaves; null takes the defaults.</param>
    /// <returns>A handle that can be awaited.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SpeechHandle GenerateReply(ReplyOptions reply, SpeechOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return _requests.Add(new ModelAnswer(reply.Instructions, reply.UserInput, reply.ToolMode), options);
    }

    /// <summary>
    /// Cuts what the agent is saying and drops what waits behind it, as a user who takes the floor would: a protected utterance stays, and with it what
    /// waits behind it.
    /// </summary>
    /// <param name="force">Whether everything goes, protected or not.</param>
    public void Interrupt(bool force = false) => _loop.Post(() => _conversation.Apply(new InterruptRequested(Force: force)));

    /// <summary>
    /// Gives the user the floor by hand, as when the button of push to talk is pressed: the agent falls silent unless its utterance is protected, what was heard
    /// in a turn that has not ended is dropped, and until <see cref="CommitUserTurn"/> or <see cref="ClearUserTurn"/> neither silence nor a recogniser ends
    /// the turn and the agent begins nothing. In every mode; does nothing while the user has the floor by hand.
    /// </summary>
    public void StartUserTurn() => _loop.Post(() => _conversation.Apply(new StartRequested()));

    /// <summary>
    /// Ends the user's turn now, also while the user speaks; the agent falls silent unless its utterance is protected, waits for the turn's last words and answers.
    /// Where nothing was said, nothing is answered. After a turn in push to talk a voice that goes on without a pause belongs to no turn; otherwise it begins the next.
    /// </summary>
    public void CommitUserTurn() => _loop.Post(() => _conversation.Apply(new CommitRequested()));

    /// <summary>Drops what the user has said in the turn that has not ended, and gives back a floor taken with <see cref="StartUserTurn"/>.</summary>
    public void ClearUserTurn() => _loop.Post(() => _conversation.Apply(new ClearRequested()));

    /// <summary>
    /// Listens to somebody else from now on: at once, or as soon as they join; until then nothing changes. What the one before was saying is
    /// dropped, a turn that had ended is answered, and what the agent says goes on. Call <see cref="CommitUserTurn"/> or <see cref="Interrupt"/> before where
    /// that is wanted.
    /// </summary>
    /// <param name="participantIdentity">Whom to listen to; null goes back to what the options say.</param>
    public void ListenTo(string? participantIdentity) => _loop.Post(() => _link.ListenTo(participantIdentity));

    /// <summary>
    /// Ends the session: the agent falls silent, engines are told to end, and those that do not within <see cref="SessionOptions.CloseTimeout"/> are left behind.
    /// Completes when <see cref="RunAsync"/> does.
    /// </summary>
    public Task CloseAsync()
    {
        _loop.Post(() => Close(SessionCloseReason.Requested));
        return Volatile.Read(ref _running) == 0 ? Task.CompletedTask : _ended.Task;
    }

    /// <summary>Closes the session and frees what it holds.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _over.Cancel();
        _link.Dispose();
        _conversation.Dispose();
        _over.Dispose();
    }

    private async Task ConverseAsync()
    {
        try
        {
            await _loop.RunAsync();
        }
        catch (Exception e)
        {
            // A mistake of ours: the session ends as failed, but it ends in order.
            Close(SessionCloseReason.Failed, e);
        }
    }

    private async Task WatchRoomAsync(CancellationToken cancellationToken)
    {
        await foreach (var roomEvent in _context.Room.ReadEventsAsync(cancellationToken))
            _loop.Post(() => OnRoomEvent(roomEvent));
        _loop.Post(() => Close(SessionCloseReason.RoomClosed));
    }

    private void OnRoomEvent(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case ParticipantJoined e: _link.OnJoined(e.Participant); break;
            case ParticipantLeft e: _link.OnLeft(e.Identity); break;
            case TextReceived e: _link.OnText(e); break;
            case RoomClosed: Close(SessionCloseReason.RoomClosed); break;
            default: throw new InvalidOperationException($"No session knows the room event {roomEvent.GetType().Name}.");
        }
    }

    private async Task GuardRoomAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_over.Token);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The session is over.
        }
        catch (Exception e)
        {
            _loop.Post(() => Close(SessionCloseReason.RoomClosed, e));
        }
    }

    /// <summary>Closes the session for good, once the agent has said that it does.</summary>
    private void GiveUp(Exception error)
    {
        if (_reason is not null || _givingUp is not null)
            return;
        if (_conversation.Notice.Say(SessionStage.TextToSpeech, isLast: true) is not { Outcome: null } notice)
        {
            Close(SessionCloseReason.Failed, error);
            return;
        }

        var limit = _context.Options.CloseTimeout + s_notice;
        _givingUp = _context.Clock.Provider.CreateTimer(_ => _loop.Post(() => Close(SessionCloseReason.Failed, error)), null, limit, Timeout.InfiniteTimeSpan);
        notice.Completion.GetAwaiter().OnCompleted(() => _loop.Post(() => Close(SessionCloseReason.Failed, error)));
    }

    private void Close(SessionCloseReason reason, Exception? error = null)
    {
        if (_reason is not null)
            return;
        _givingUp?.Dispose();
        _reason = reason;
        _error = error;
        _conversation.Apply(new ParticipantChanged(Linked: false));
        _link.Dispose();
        _conversation.Dispose();
        _context.RoomWriter.Complete();
        _loop.Complete();
    }

    private async Task EndAsync(Task showing, Task playing, Task watching, Task recording, Task modelling, Task warming)
    {
        // Captions that are on their way are shown; everything else is told to end.
        var parts = new Dictionary<string, Task>(StringComparer.Ordinal)
        {
            ["captions"] = showing,
            ["warm-up"] = warming,
            ["playout"] = playing,
            ["room events"] = watching,
            ["recording"] = recording,
            ["speech-to-speech model"] = modelling,
            ["listening"] = _link.Listening,
            ["engines"] = _conversation.Voice.Making,
            ["turn detector"] = _conversation.Asking,
        };
        try
        {
            if (_reason != SessionCloseReason.RoomClosed)
                await showing.WaitAsync(_context.Options.CloseTimeout / 2, _context.Clock.Provider);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Reported with the rest below.
        }

        _over.Cancel();
        try
        {
            await Task.WhenAll(parts.Values).WaitAsync(_context.Options.CloseTimeout / 2, _context.Clock.Provider);
        }
        catch (OperationCanceledException)
        {
            // Ended as told.
        }
        catch (TimeoutException)
        {
            SessionLog.Abandoned(_context.Logger, string.Join(", ", parts.Where(part => !part.Value.IsCompleted).Select(part => part.Key)));
        }
    }
}
