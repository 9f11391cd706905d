using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// The agent's utterances: who of them has the floor, is held, lets another speak, goes on, and ends exactly once with what was heard of it in
/// the history. Belongs to the session's loop, except where it is called back.
/// </summary>
internal sealed class AgentVoice : IPlayoutListener
{
    private readonly SessionContext _context;
    private readonly Action<TurnEvent> _tell;
    private readonly AudioPlayout _playout;
    private readonly SpeechMaker _maker;
    private readonly Preparing _preparing;
    private readonly HeardSpeech _heard;
    private readonly FailureNotice _notice;
    private readonly Dictionary<string, SpeechRequest> _requests = new(StringComparer.Ordinal);

    // As in the turn machine: the last has the floor, those before let it speak.
    private readonly List<SpeechMaking> _floor = [];

    internal AgentVoice(SessionContext context, Action<TurnEvent> tell, Action<TurnEntry> ended, FailureNotice notice, CancellationToken sessionToken)
    {
        _notice = notice;
        _context = context;
        _tell = tell;
        _playout = new AudioPlayout(context.Room.AudioOutput, this);
        _maker = new SpeechMaker(context, _playout, Review, sessionToken);
        _preparing = new Preparing(context, _maker);
        _heard = new HeardSpeech(context, ended);
    }

    /// <summary>Everything that is still being made, also what was interrupted.</summary>
    internal Task Making => _maker.Making;

    private SpeechMaking? Active => _floor.Count == 0 ? null : _floor[^1];

    internal Task PlayAsync(CancellationToken cancellationToken) => _playout.RunAsync(cancellationToken);

    internal void Expect(SpeechRequest request) => _requests[request.Handle.Id] = request;

    internal void Prepare(AgentSpeech speech, string userText) => _preparing.Prepare(speech, userText);

    internal void Discard(string id) => _preparing.Discard(id);

    internal void Start(AgentSpeech speech, TurnMarks marks)
    {
        _requests.Remove(speech.Id, out var request);
        var making = _preparing.TryHandOver(speech.Id, marks) ?? _maker.Make(speech, request, marks);
        _floor.Add(making);
        _playout.Resume();
        _playout.Play(making.Utterance);

        // What was prepared may be waiting for a tool already.
        _context.Loop.Post(() => Review(making));
    }

    /// <summary>Starts an utterance while the one that has the floor has nothing to be heard.</summary>
    internal void Interject(AgentSpeech speech, TurnMarks marks)
    {
        if (speech.Text is not { } text)
        {
            Start(speech, marks);
            return;
        }

        if (Active is { Utterance.Audio.IsDry: false })
        {
            // Its sound has come in the meantime: nothing has to be covered any more.
            _context.Loop.Post(() => _tell(new SpeechEnded(speech.Id)));
            return;
        }

        _requests[speech.Id] = new SpeechRequest(new SpeechHandle(speech.Id), new SpokenText(text), _context.Options.Turns.Fillers.AddToHistory);
        Start(speech, marks);
    }

    /// <summary>Goes on with the utterance that let another speak.</summary>
    internal void Return(string id)
    {
        if (Find(id) is { } making)
            _playout.Play(making.Utterance);
    }

    internal void Hold(TimeSpan? userStartedAt)
    {
        _playout.Pause();
        if (Active is { } active && userStartedAt is { } started)
            active.Measurement.BargeIn = _context.Clock.Now - started;

        // What is left to be said is known only now that nothing is played any more.
        if (Active is { Utterance: { IsQuestionAtItsEnd: true, Id: var id } })
            _context.Loop.Post(() => _tell(new QuestionHeld(id)));
    }

    internal void Release()
    {
        if (Active is { } active)
            active.Measurement.BargeIn = null;
        _playout.Resume();
    }

    /// <summary>Ends an utterance where it is, or drops one that never began.</summary>
    internal void Stop(AgentSpeech speech)
    {
        if (Find(speech.Id) is not { } making)
        {
            _requests.Remove(speech.Id, out var request);
            _heard.Drop(speech, request);
            return;
        }

        _floor.Remove(making);
        _playout.Stop(making.Utterance);
        making.Cancel();
        var heard = Math.Max(making.CaptionedWords, making.Utterance.Words.Timeline.HeardAt(making.Utterance.Audio.Position));
        _heard.End(making, heard, making.Utterance.Audio.Position > 0 ? SpeechOutcome.Interrupted : SpeechOutcome.Cancelled);
    }

    void IPlayoutListener.OnAudible(Utterance utterance)
    {
        var now = _context.Clock.Now;
        _context.Loop.Post(() =>
        {
            if (Find(utterance.Id) is not { } making)
                return;
            making.Measurement.MarkFirstAudioInRoom(now);
            _tell(new SpeechAudible(utterance.Id));
        });
    }

    void IPlayoutListener.OnDry(Utterance utterance) => _context.Loop.Post(() =>
    {
        if (Find(utterance.Id) is { } making)
            Review(making);
    });

    void IPlayoutListener.OnHeard(Utterance utterance, int words) => _context.Loop.Post(() =>
    {
        if (Find(utterance.Id) is { } making)
            _heard.Show(making, words, final: false);
    });

    void IPlayoutListener.OnFinished(Utterance utterance) => _context.Loop.Post(() =>
    {
        if (Find(utterance.Id) is not { } making)
            return;
        _floor.Remove(making);
        var outcome = making.HasFailed ? SpeechOutcome.Failed : SpeechOutcome.Completed;
        var heard = making.HasFailed ? utterance.Words.Timeline.HeardAt(utterance.Audio.Position) : utterance.Words.Timeline.Count;
        if (outcome == SpeechOutcome.Completed)
            Succeeded(making.Speech.Cause);
        _heard.End(making, utterance.Audio.Position > 0 ? heard : 0, outcome);
        _notice.Replace(making);
        _tell(new SpeechEnded(utterance.Id));
    });

    /// <summary>Tells what has changed in the making of an utterance, where it matters for who speaks.</summary>
    private void Review(SpeechMaking making)
    {
        if (!_floor.Contains(making))
            return;
        var isDry = making.Utterance.Audio.IsDry;
        if (!isDry && !ReferenceEquals(making, Active))
            _tell(new SpeechReady(making.Speech.Id));
        var waits = making.RunsTools && making.Script.IsSpoken && isDry;
        if (waits == making.IsSuspended || !_floor.Contains(making))
            return;
        making.IsSuspended = waits;
        _tell(waits ? new SpeechSuspended(making.Speech.Id) : new SpeechContinued(making.Speech.Id));
    }

    private void Succeeded(SpeechCause cause)
    {
        // It says nothing of any engine: it was made before.
        if (cause == SpeechCause.Failure)
            return;
        _notice.Succeeded();
        if (cause is not (SpeechCause.Said or SpeechCause.Greeting or SpeechCause.Filler))
        {
            _context.Failures.Succeeded(SessionStage.LanguageModel);
            _context.Failures.Succeeded(SessionStage.RealtimeModel);
        }

        _context.Failures.Succeeded(SessionStage.TextToSpeech);
        _context.Failures.Succeeded(SessionStage.Tool);
    }

    private SpeechMaking? Find(string id) => _floor.Find(making => string.Equals(making.Speech.Id, id, StringComparison.Ordinal));
}
