using Agent.Pipeline.Ledger;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// Whom the session listens to: the first person to join, or the one that the options name. Somebody who leaves and comes back goes on; in
/// the meantime nobody else takes the place. Belongs to the session's loop.
/// </summary>
internal sealed class ParticipantLink : IDisposable
{
    private readonly SessionContext _context;
    private readonly Conversation _conversation;
    private readonly Action<SessionCloseReason> _close;
    private readonly List<RoomParticipant> _present = [];
    private readonly List<Task> _listening = [];
    private readonly CancellationToken _sessionToken;
    private CancellationTokenSource? _stop;
    private ITimer? _rejoin;
    private string? _awaited;
    private bool _greeted;

    internal ParticipantLink(SessionContext context, Conversation conversation, Action<SessionCloseReason> close, CancellationToken sessionToken)
    {
        _context = context;
        _conversation = conversation;
        _close = close;
        _sessionToken = sessionToken;
        _awaited = context.Options.ParticipantIdentity;
    }

    /// <summary>All listening, also to those who have left.</summary>
    internal Task Listening => Task.WhenAll(_listening);

    internal void OnJoined(RoomParticipant participant)
    {
        _present.RemoveAll(p => Is(p, participant.Identity));
        _present.Add(participant);
        if (_conversation.ParticipantIdentity is null && IsWanted(participant))
            Link(participant);
    }

    internal void OnLeft(string identity)
    {
        _present.RemoveAll(p => Is(p, identity));
        if (!string.Equals(_conversation.ParticipantIdentity, identity, StringComparison.Ordinal))
            return;
        Unlink(identity);
        _awaited = identity;
        var timeout = _context.Options.RejoinTimeout;
        if (timeout > TimeSpan.Zero)
            _rejoin = _context.Clock.Provider.CreateTimer(_ => _context.Loop.Post(OnRejoinTimeout), null, timeout, Timeout.InfiniteTimeSpan);
        else
            OnRejoinTimeout();
    }

    internal void OnText(TextReceived text)
    {
        if (string.Equals(_conversation.ParticipantIdentity, text.Identity, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(text.Text))
            _conversation.Type(text.Text.Trim());
    }

    public void Dispose()
    {
        _rejoin?.Dispose();
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
    }

    private static bool Is(RoomParticipant participant, string identity) => string.Equals(participant.Identity, identity, StringComparison.Ordinal);

    private bool IsWanted(RoomParticipant participant) => _awaited is { } identity
        ? Is(participant, identity)
        : participant.Kind is ParticipantKind.Standard or ParticipantKind.Phone;

    private void OnRejoinTimeout()
    {
        if (_conversation.ParticipantIdentity is not null)
            return;
        _awaited = _context.Options.ParticipantIdentity;
        if (_present.Find(IsWanted) is { } other)
            Link(other);
        else
            _close(SessionCloseReason.ParticipantLeft);
    }

    private void Link(RoomParticipant participant)
    {
        _rejoin?.Dispose();
        _rejoin = null;
        var before = Listening;
        _listening.RemoveAll(static task => task.IsCompletedSuccessfully);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_sessionToken);
        var ear = new UserEar(
            _context.Room.ListenTo(participant.Identity),
            _context.Agent.VoiceActivity,
            _context.Options.VoiceActivity,
            _context.Agent.SpeechToText,
            _context.Clock,
            _conversation);
        _conversation.Ear = ear;
        _conversation.ParticipantIdentity = participant.Identity;
        _listening.Add(ListenAsync(ear, before, _stop.Token));
        SessionLog.Linked(_context.Logger, participant.Identity);
        _context.Events.Raise(new ParticipantLinked(_context.Clock.Now, participant));
        _conversation.Apply(new ParticipantChanged(Linked: true));
        Greet();
    }

    private async Task ListenAsync(UserEar ear, Task before, CancellationToken cancellationToken)
    {
        try
        {
            // A participant who is back at once is the same one: a voice has one reader at a time.
            await Task.Yield();
            await before;
            await ear.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The participant has left or the session is over.
        }
        catch (Exception e)
        {
            _context.Loop.Post(() => _context.Failures.Failed(SessionStage.Room, e));
        }
    }

    private void Unlink(string identity)
    {
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
        _conversation.Ear = null;
        _conversation.ParticipantIdentity = null;
        SessionLog.Unlinked(_context.Logger, identity);
        _context.Events.Raise(new ParticipantLinked(_context.Clock.Now, null));
        _conversation.Apply(new ParticipantChanged(Linked: false));
    }

    private void Greet()
    {
        if (_greeted || string.IsNullOrWhiteSpace(_context.Agent.Greeting))
            return;
        _greeted = true;
        var handle = new SpeechHandle("greeting");
        _conversation.Request(
            new AgentSpeech { Id = handle.Id, Cause = SpeechCause.Greeting },
            new SpeechRequest(handle, _context.Agent.Greeting, null, AddToHistory: true, _context.Clock.Now));
    }
}
