using Agent.Pipeline.Ledger;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions;

/// <summary>Holds the one answer that is made before its turn has ended. Belongs to the session's loop.</summary>
internal sealed class Preparing
{
    private readonly SessionContext _context;
    private readonly SpeechMaker _maker;
    private PreparedSpeech? _prepared;

    internal Preparing(SessionContext context, SpeechMaker maker)
    {
        _context = context;
        _maker = maker;
    }

    internal void Prepare(AgentSpeech speech, string userText) =>
        _prepared = new PreparedSpeech(_maker.Prepare(speech, userText), _context.History.Version(), userText, _context.Clock.Now);

    internal void Discard(string id)
    {
        if (Take(id) is { } prepared)
            Drop(prepared);
    }

    /// <summary>Gives an utterance the floor as it was prepared; null when it was not, has failed, or answers what is no longer the question.</summary>
    internal SpeechMaking? TryHandOver(string id, TurnMarks marks)
    {
        if (Take(id) is not { } prepared)
            return null;
        if (prepared.Making.HasFailed || !_context.History.IsFollowedBy(prepared.History, prepared.UserText))
        {
            Drop(prepared);
            return null;
        }

        prepared.Making.Measurement.CountFrom(marks);
        prepared.Making.GiveFloor();
        Raise(prepared, isUsed: true);
        return prepared.Making;
    }

    private PreparedSpeech? Take(string id)
    {
        var prepared = _prepared;
        if (!string.Equals(prepared?.Making.Speech.Id, id, StringComparison.Ordinal))
            return null;
        _prepared = null;
        return prepared;
    }

    private void Drop(PreparedSpeech prepared)
    {
        prepared.Making.Cancel();
        if (prepared.Making.Utterance.TryStop())
            prepared.Making.Utterance.Audio.Release();
        Raise(prepared, isUsed: false);
    }

    private void Raise(PreparedSpeech prepared, bool isUsed)
    {
        var now = _context.Clock.Now;
        SessionLog.PreemptiveReplyEnded(_context.Logger, isUsed, now - prepared.StartedAt);
        _context.Events.Raise(new PreemptiveReplyEnded(now, isUsed, now - prepared.StartedAt, prepared.Making.Usage));
    }
}
