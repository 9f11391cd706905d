using Agent.Pipeline.Realtime.Events;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Realtime;

/// <summary>
/// Keeps what the model has heard and who has the floor together: turns are begun, ended and forgotten for the model as they are for the turn machine, and what the
/// model understands finds the turn in which it was said. Belongs to the session's loop, except where it is called back.
/// </summary>
internal sealed class RealtimeHearing : IRealtimeListener
{
    // Transcripts come within seconds of their turn.
    private const int MaxTurns = 16;

    private readonly SessionContext _context;
    private readonly Action<TurnEvent> _tell;
    private readonly Action<Transcript, TimeSpan, TimeSpan> _understood;
    private readonly Func<TurnState> _state;
    private readonly bool _modelEndsTurns;
    private readonly Queue<HeardTurn> _told = [];
    private readonly List<(string ItemId, HeardTurn Turn)> _turns = [];
    private readonly List<string> _open = [];
    private bool _isCommitted;
    private bool _isUnanswered;

    internal RealtimeHearing(SessionContext context, IRealtimeModel model, Action<TurnEvent> tell, Action<Transcript, TimeSpan, TimeSpan> understood, Func<TurnState> state)
    {
        _context = context;
        _tell = tell;
        _understood = understood;
        _state = state;
        _modelEndsTurns = context.Turns.Mode == EndpointingMode.Realtime;
        Link = new RealtimeLink(model, _modelEndsTurns, context.Clock, this);
    }

    internal RealtimeLink Link { get; }

    /// <summary>The machine has taken a step: the model hears the user's turns as the machine sees them.</summary>
    internal void Follow(TurnState before, TurnState after)
    {
        var goesOn = after.Turn.IsOpen && before.Turn.IsOpen && before.Turn.Number == after.Turn.Number;
        if (before.Turn.IsOpen && !goesOn)
        {
            Link.Input.End();
            if (!_isCommitted && !_modelEndsTurns)
                Link.Clear();
            _isUnanswered &= _isCommitted;
            _isCommitted = false;
        }

        // A model that has stopped would be waited for as long as one that thinks.
        if (_modelEndsTurns && goesOn && before.Turn.IsSpeaking && after.Turn is { IsSpeaking: false, IsEndedByListener: false })
            Link.Check();
        if (after.Turn is { IsOpen: true, HasVoice: true } && !(goesOn && before.Turn.HasVoice))
        {
            _isUnanswered = true;
            Link.Input.Begin(_context.Clock.Now - (after.Turn.StartedAt ?? _context.Clock.Now));
        }
    }

    /// <summary>A turn has ended: where the model has not found so itself it is told.</summary>
    internal void OnEndOfTurn(UserTurn turn)
    {
        _isCommitted = true;
        _open.Clear();
        if (turn.IsEndedByListener || !turn.HasVoice)
            return;
        _told.Enqueue(Times(turn));
        Link.Commit();
    }

    /// <summary>What was said over the agent was no turn: the model is not to think about it.</summary>
    internal void OnFalseBargeIn()
    {
        foreach (var item in _open)
            Link.Remove(item);
        _open.Clear();
    }

    /// <summary>The model has begun to answer, or there are words of the last turn: nobody needs to hear it again.</summary>
    internal void OnAnswered() => _isUnanswered = false;

    public void OnConnected(IRealtimeConnection connection) => _context.Loop.Post(() =>
    {
        _told.Clear();
        _turns.Clear();
        _open.Clear();
        var state = _state();
        var isOpen = state.Turn is { IsOpen: true, HasVoice: true };
        var turn = isOpen ? UnansweredTurn.Open : _isUnanswered ? UnansweredTurn.Ended : UnansweredTurn.None;
        if (turn == UnansweredTurn.Ended && state.LastTurn is { } last)
            _told.Enqueue(Times(last));
        if (Link.Attach(connection, Setup(), turn))
            _tell(new ModelListens(IsThere: true));
    });

    public void OnTurnCommitted(RealtimeTurnCommitted committed) => _context.Loop.Post(() =>
    {
        if (!committed.ByModel)
        {
            if (_told.TryDequeue(out var told) && committed.ItemId.Length > 0)
                Remember(committed.ItemId, told);
            return;
        }

        if (_state().Turn is { IsOpen: true } turn)
        {
            Remember(committed.ItemId, Times(turn));
            _open.Add(committed.ItemId);
            _tell(new ModelEndedTurn());
        }
        else if (!_isUnanswered)
        {
            // Only the model has heard it.
            Link.Remove(committed.ItemId);
        }
    });

    public void OnTranscript(RealtimeTranscript transcript) => _context.Loop.Post(() =>
    {
        // A recogniser beside the model understands the user in its place.
        if (_context.Agent.SpeechToText is not null || _turns.Find(t => string.Equals(t.ItemId, transcript.ItemId, StringComparison.Ordinal)).Turn is not { } turn)
            return;
        if (transcript.IsFinal)
            OnAnswered();
        _understood(
            new Transcript { Kind = transcript.IsFinal ? TranscriptKind.Final : TranscriptKind.Interim, Text = transcript.Text.Trim() }, turn.Start, turn.End);
    });

    public void OnFailed(Exception error) => _context.Loop.Post(() => _context.Failures.Failed(SessionStage.RealtimeModel, error));

    public void OnDisconnected() => _context.Loop.Post(() => _tell(new ModelListens(IsThere: false)));

    private HeardTurn Times(UserTurn turn)
    {
        var now = _context.Clock.Now;
        return new HeardTurn(turn.StartedAt ?? now, turn.LastSpeechAt ?? now);
    }

    private void Remember(string itemId, HeardTurn turn)
    {
        if (_turns.Count == MaxTurns)
            _turns.RemoveAt(0);
        _turns.Add((itemId, turn));
    }

    private RealtimeSetup Setup() => new()
    {
        Instructions = _context.Agent.Instructions,
        Tools = [.. _context.Agent.Tools],
        History = _context.History.Snapshot(),
        EndsTurns = _modelEndsTurns,
        Transcribes = _context.Agent.SpeechToText is null,
    };
}
