using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// The agent's utterances: who of them has the floor, is held, goes on, and ends exactly once with what was heard of it in the history.
/// Belongs to the session's loop, except where it is called back.
/// </summary>
internal sealed class AgentVoice : IPlayoutListener
{
    private readonly SessionContext _context;
    private readonly Action<TurnEvent> _tell;
    private readonly AudioPlayout _playout;
    private readonly SpeechMaker _maker;
    private readonly Preparing _preparing;
    private readonly HeardSpeech _heard;
    private readonly Dictionary<string, SpeechRequest> _requests = new(StringComparer.Ordinal);
    private SpeechMaking? _active;

    internal AgentVoice(SessionContext context, Action<TurnEvent> tell, Action<TurnEntry> ended, CancellationToken sessionToken)
    {
        _context = context;
        _tell = tell;
        _playout = new AudioPlayout(context.Room.AudioOutput, this);
        _maker = new SpeechMaker(context, _playout, sessionToken);
        _preparing = new Preparing(context, _maker);
        _heard = new HeardSpeech(context, ended);
    }

    /// <summary>Everything that is still being made, also what was interrupted.</summary>
    internal Task Making => _maker.Making;

    internal Task PlayAsync(CancellationToken cancellationToken) => _playout.RunAsync(cancellationToken);

    internal void Expect(SpeechRequest request) => _requests[request.Handle.Id] = request;

    internal void Prepare(AgentSpeech speech, string userText) => _preparing.Prepare(speech, userText);

    internal void Discard(string id) => _preparing.Discard(id);

    internal void Start(AgentSpeech speech, TurnMarks marks)
    {
        _requests.Remove(speech.Id, out var request);
        _active = _preparing.TryHandOver(speech.Id, marks) ?? _maker.Make(speech, request, marks);
        _playout.Resume();
        _playout.Play(_active.Utterance);
    }

    internal void Hold(TimeSpan? userStartedAt)
    {
        _playout.Pause();
        if (_active is { } active && userStartedAt is { } started)
            active.Measurement.BargeIn = _context.Clock.Now - started;
    }

    internal void Release()
    {
        if (_active is { } active)
            active.Measurement.BargeIn = null;
        _playout.Resume();
    }

    /// <summary>Ends an utterance where it is, or drops one that never began.</summary>
    internal void Stop(string id)
    {
        if (_active is not { } active || !IsActive(id))
        {
            if (_requests.Remove(id, out var waiting))
                waiting.Handle.Complete(SpeechOutcome.Cancelled);
            return;
        }

        _active = null;
        _playout.Stop(active.Utterance);
        active.Cancel();
        var heard = Math.Max(active.CaptionedWords, active.Utterance.Words.Timeline.HeardAt(active.Utterance.Audio.Position));
        _heard.End(active, heard, active.Utterance.Audio.Position > 0 ? SpeechOutcome.Interrupted : SpeechOutcome.Cancelled);
    }

    void IPlayoutListener.OnStarted(Utterance utterance)
    {
        var now = _context.Clock.Now;
        _context.Loop.Post(() =>
        {
            if (!IsActive(utterance.Id))
                return;
            _active!.Measurement.MarkFirstAudioInRoom(now);
            _tell(new SpeechAudible(utterance.Id));
        });
    }

    void IPlayoutListener.OnHeard(Utterance utterance, int words) => _context.Loop.Post(() =>
    {
        if (IsActive(utterance.Id))
            _heard.Show(_active!, words, final: false);
    });

    void IPlayoutListener.OnFinished(Utterance utterance) => _context.Loop.Post(() =>
    {
        if (_active is not { } active || !IsActive(utterance.Id))
            return;
        _active = null;
        var outcome = active.HasFailed ? SpeechOutcome.Failed : SpeechOutcome.Completed;
        var heard = active.HasFailed ? utterance.Words.Timeline.HeardAt(utterance.Audio.Position) : utterance.Words.Timeline.Count;
        if (outcome == SpeechOutcome.Completed)
            Succeeded(active.Speech.Cause);
        _heard.End(active, utterance.Audio.Position > 0 ? heard : 0, outcome);
        _tell(new SpeechEnded(utterance.Id));
    });

    private void Succeeded(SpeechCause cause)
    {
        if (cause is not (SpeechCause.Said or SpeechCause.Greeting))
            _context.Failures.Succeeded(SessionStage.LanguageModel);
        _context.Failures.Succeeded(SessionStage.TextToSpeech);
        _context.Failures.Succeeded(SessionStage.Tool);
    }

    private bool IsActive(string id) => string.Equals(_active?.Speech.Id, id, StringComparison.Ordinal);
}
