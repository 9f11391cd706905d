using Agent.Pipeline.Listening;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// Whom the session listens to: the first to join of the kinds that the options name, one identity, or whoever the application says. Somebody who leaves and comes
/// back goes on; in the meantime nobody else takes the place. Belongs to the session's loop.
/// </summary>
internal sealed class ParticipantLink : IDisposable
{
    private static readonly ParticipantKind[] s_people = [ParticipantKind.Standard, ParticipantKind.Phone];

    private readonly SessionContext _context;
    private readonly Conversation _conversation;
    private readonly Action<SessionCloseReason> _close;
    private readonly Action _linked;
    private readonly List<RoomParticipant> _present = [];
    private readonly List<(string Identity, Task Task)> _listening = [];
    private readonly CancellationToken _sessionToken;
    private readonly List<UserEar> _ears = [];
    private CancellationTokenSource? _stop;
    private LinkedUser? _user;
    private ITimer? _rejoin;
    private string? _wanted;
    private string? _left;

    internal ParticipantLink(SessionContext context, Conversation conversation, Action linked, Action<SessionCloseReason> close, CancellationToken sessionToken)
    {
        _context = context;
        _conversation = conversation;
        _linked = linked;
        _close = close;
        _sessionToken = sessionToken;
        _wanted = context.Options.ParticipantIdentity;
    }

    /// <summary>All listening, also to those who have left.</summary>
    internal Task Listening => Task.WhenAll(_listening.Select(listening => listening.Task));

    /// <summary>What listening has cost so far.</summary>
    internal SpeechUsage Usage => _ears.Aggregate(SpeechUsage.None, static (sum, ear) => sum + ear.Usage);

    internal void OnJoined(RoomParticipant participant)
    {
        _present.RemoveAll(p => Is(p, participant.Identity));
        _present.Add(participant);
        Choose();
    }

    internal void OnLeft(string identity)
    {
        _present.RemoveAll(p => Is(p, identity));
        if (!string.Equals(_conversation.ParticipantIdentity, identity, StringComparison.Ordinal))
            return;
        Unlink(identity);
        _left = identity;
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

    /// <summary>Listens to one participant, whoever was listened to before; null goes back to the options' rule.</summary>
    internal void ListenTo(string? identity)
    {
        _wanted = identity ?? _context.Options.ParticipantIdentity;
        _left = null;
        Choose();
    }

    public void Dispose()
    {
        _rejoin?.Dispose();
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
    }

    private static bool Is(RoomParticipant participant, string identity) => string.Equals(participant.Identity, identity, StringComparison.Ordinal);

    private bool IsWanted(RoomParticipant participant)
    {
        if (_wanted is { } identity)
            return Is(participant, identity);
        return _context.Options.ParticipantKinds is { Count: > 0 } kinds ? kinds.Contains(participant.Kind) : s_people.Contains(participant.Kind);
    }

    private void Choose()
    {
        var linked = _conversation.ParticipantIdentity;
        if (linked is not null && _present.Exists(p => Is(p, linked) && IsWanted(p)))
            return;
        if (_present.Find(p => IsWanted(p) && (_left is null || Is(p, _left))) is { } chosen)
            Link(chosen);
    }

    private void OnRejoinTimeout()
    {
        if (_conversation.ParticipantIdentity is not null)
            return;
        _left = null;
        Choose();
        if (_conversation.ParticipantIdentity is null)
            _close(SessionCloseReason.ParticipantLeft);
    }

    private void Link(RoomParticipant participant)
    {
        _rejoin?.Dispose();
        _rejoin = null;
        _left = null;
        StopListening();
        _listening.RemoveAll(static listening => listening.Task.IsCompletedSuccessfully);
        var before = Task.WhenAll(_listening.Where(listening => Is(participant, listening.Identity)).Select(listening => listening.Task));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_sessionToken);
        _user = new LinkedUser(_context.Loop, _conversation);
        var ear = new UserEar(
            _context.Room.ListenTo(participant.Identity),
            _context.Agent.VoiceActivity,
            _context.Options.VoiceActivity,
            _context.Agent.SpeechToText,
            _context.Clock,
            _user,
            _context.Turns is { Mode: EndpointingMode.Detector, DetectorNeedsAudio: true },
            _context.Realtime?.Input,
            _context.Options.Recogniser);
        _ears.Add(ear);
        _listening.Add((participant.Identity, ListenAsync(ear, before, _stop.Token)));
        SessionLog.Linked(_context.Logger, participant.Identity);
        _context.Events.Raise(new ParticipantLinked(_context.Clock.Now, participant));
        _conversation.Link(participant, ear);
        _linked();
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
        StopListening();
        SessionLog.Unlinked(_context.Logger, identity);
        _context.Events.Raise(new ParticipantLinked(_context.Clock.Now, null));
        _conversation.Link(participant: null, ear: null);
    }

    private void StopListening()
    {
        _user?.Unlink();
        _user = null;
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
    }
}
