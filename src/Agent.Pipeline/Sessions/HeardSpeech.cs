using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions;

/// <summary>What was heard of the agent: shown word by word, and in the history and the ledger when it ends. Belongs to the session's loop.</summary>
internal sealed class HeardSpeech
{
    private readonly SessionContext _context;
    private readonly Action<TurnEntry> _ended;

    internal HeardSpeech(SessionContext context, Action<TurnEntry> ended)
    {
        _context = context;
        _ended = ended;
    }

    internal void Show(SpeechMaking making, int words, bool final)
    {
        var delta = making.Utterance.Words.Timeline.Text(making.CaptionedWords, words);
        making.CaptionedWords = Math.Max(making.CaptionedWords, words);
        if (delta.Length == 0 && !final)
            return;
        _context.Echo.Sent(delta, _context.Clock.Now);
        var caption = new AgentCaption(making.Speech.Id, delta, final);
        _context.RoomWriter.Show(caption);
        _context.Events.Raise(new AgentSpoke(_context.Clock.Now, caption));
    }

    /// <summary>Ends an utterance that never began.</summary>
    internal void Drop(AgentSpeech speech, SpeechRequest? request)
    {
        request?.Handle.Complete(SpeechOutcome.Cancelled);
        if (speech.Cause != SpeechCause.Filler)
            _ended(new TurnEntry { SpeechId = speech.Id, Cause = speech.Cause, UserTurn = speech.TurnNumber, Outcome = SpeechOutcome.Cancelled, Latency = new TurnLatency() });
    }

    /// <summary>Ends an utterance; once.</summary>
    internal void End(SpeechMaking making, int heard, SpeechOutcome outcome)
    {
        if (making.Utterance.Audio.Position > 0)
            Show(making, heard, final: true);
        making.Request?.Handle.Complete(outcome);

        // What was to cover a silence that ended by itself was never anybody's turn.
        if (making.Speech.Cause == SpeechCause.Filler && making.Utterance.Audio.Position == 0)
            return;
        var text = making.Utterance.Words.Timeline.Text(0, heard);
        var speech = making.Speech;
        if (text.Length > 0 && making.Request?.AddToHistory != false)
        {
            var message = new AgentMessage(speech.Id, making.Measurement.FirstAudioAt ?? _context.Clock.Now, text, outcome == SpeechOutcome.Interrupted);
            _context.Write(message);
            if (!making.IsModelsOwn)
                _context.Realtime?.Add(message);
        }

        _ended(new TurnEntry
        {
            SpeechId = speech.Id,
            Cause = speech.Cause,
            UserTurn = speech.TurnNumber,
            Outcome = outcome,
            Latency = making.Measurement.ToLatency(),
            Played = making.Utterance.Played,
            ModelUsage = making.Usage,
            SynthesisUsage = making.SynthesisUsage,
            BargeInLatency = outcome == SpeechOutcome.Interrupted ? making.Measurement.BargeIn : null,
        });
    }
}
