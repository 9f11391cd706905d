using System.Globalization;
using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// Feeds the turn machine and carries out what it wants. Belongs to the session's loop, except where it is called back.
/// </summary>
internal sealed class Conversation : IDisposable
{
    private readonly SessionContext _context;
    private readonly AgentVoice _voice;
    private readonly TurnTimers _timers;
    private readonly TurnInquiry _inquiry;
    private readonly RealtimeHearing? _hearing;
    private readonly Queue<long> _flushes = [];
    private readonly List<TurnEffect> _effects = [];
    private readonly List<Decision> _decisions = [];
    private DecisionTimer? _fired;
    private readonly Dictionary<long, TurnMarks> _marks = [];
    private TurnState _state = TurnState.Initial;
    private TimeSpan? _finalAt;
    private TimeSpan _endOfTurnAt;
    private int _segment;
    private int _typed;

    internal Conversation(SessionContext context, CancellationToken sessionToken)
    {
        _context = context;
        Notice = new FailureNotice(context, Request);
        _voice = new AgentVoice(context, Apply, OnSpeechEnded, Notice, sessionToken);
        _timers = new TurnTimers(context.Clock, e => context.Loop.Post(() => Apply(e)));
        _inquiry = new TurnInquiry(context, Apply);
        if (context.Agent.RealtimeModel is { } model)
        {
            _hearing = new RealtimeHearing(context, model, Apply, OnTranscript, () => _state);
            context.Realtime = _hearing.Link;
        }
    }

    internal AgentVoice Voice => _voice;

    /// <summary>What is said in the place of silence when engines have failed.</summary>
    internal FailureNotice Notice { get; }

    /// <summary>The turn detector's work.</summary>
    internal Task Asking => _inquiry.Asking;

    /// <summary>The ear at the linked participant; null while there is none.</summary>
    internal UserEar? Ear
    {
        get;
        private set
        {
            // Another ear has another recogniser, which owes no answers.
            field = value;
            _flushes.Clear();
        }
    }

    /// <summary>Who is linked; null while nobody is.</summary>
    internal string? ParticipantIdentity { get; private set; }

    /// <summary>Takes one step of the turn machine.</summary>
    internal void Apply(TurnEvent turnEvent)
    {
        var now = _context.Clock.Now;
        _fired = turnEvent is TimerFired { Kind: var kind, Id: var id } && _state.Timer(kind)?.Id == id ? _timers.Expire(kind) : null;
        var before = _state;
        _state = TurnMachine.Step(_state, turnEvent, now, _context.Turns, _effects);
        _context.Recorder?.Add(now, turnEvent, _effects);
        try
        {
            foreach (var effect in _effects)
                CarryOut(effect);
            _hearing?.Follow(before, _state);
            if (turnEvent is SpeechAudible)
                _hearing?.OnAnswered();
        }
        finally
        {
            _effects.Clear();
        }

        // Nobody speaks or is about to: what was decided leads to no utterance any more.
        if (_decisions.Count > 0 && _state is { Current: null, Waiting.IsEmpty: true, RunOn: null, Turn.IsOpen: false })
            _context.Events.Raise(new UserTurnUnanswered(now, TakeDecisions()));
    }

    /// <summary>Listens to somebody; to somebody else than before, or to nobody.</summary>
    internal void Link(RoomParticipant? participant, UserEar? ear)
    {
        var wasLinked = ParticipantIdentity is not null;

        // What was being understood of the one is no part of what the other says.
        _segment++;
        ParticipantIdentity = participant?.Identity;
        Ear = ear;
        var isPhone = participant?.Kind == ParticipantKind.Phone;
        Apply(wasLinked && participant is not null ? new ParticipantSwitched(isPhone) : new ParticipantChanged(Linked: participant is not null, isPhone));
    }

    internal void Request(AgentSpeech speech, SpeechRequest request)
    {
        _voice.Expect(request);
        Apply(new SpeechRequested(speech));
    }

    internal void Type(string text)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"typed-{++_typed}");
        Apply(new UserTyped(text, id));
    }

    public void Dispose()
    {
        _timers.Dispose();
        _inquiry.Dispose();
    }

    internal void OnRecogniserFailed(ProviderException error) => _context.Failures.Failed(SessionStage.SpeechToText, error);

    /// <summary>Nobody can tell the last words that were asked for.</summary>
    internal void OnFlushGivenUp()
    {
        if (_flushes.TryDequeue(out var flush))
            Apply(new RecogniserFlushed(flush));
    }

    internal void OnReplaced(SessionStage stage, ProviderException error, string by) => _context.Events.Raise(new ProviderReplaced(_context.Clock.Now, stage, error, by));

    internal void OnTranscript(Transcript transcript, TimeSpan start, TimeSpan end)
    {
        _inquiry.Language = transcript.Language ?? _inquiry.Language;
        switch (transcript.Kind)
        {
            case TranscriptKind.Interim:
                Apply(new UserInterim(transcript.Text, start, end, IsEchoElseShow(transcript.Text, isFinal: false, start, end)));
                break;
            case TranscriptKind.Final:
                _context.Failures.Succeeded(SessionStage.SpeechToText);
                Apply(new UserFinal(transcript.Text, start, end, IsEchoElseShow(transcript.Text, isFinal: true, start, end)));
                break;
            case TranscriptKind.Flushed:
                _context.Failures.Succeeded(SessionStage.SpeechToText);
                if (_flushes.TryDequeue(out var flush))
                    Apply(new RecogniserFlushed(flush));
                break;
            case TranscriptKind.EndOfTurn:
                Apply(new RecogniserEndedTurn());
                break;
            default:
                throw new InvalidOperationException($"No session knows the result {transcript.Kind}.");
        }
    }

    /// <summary>Whether what was understood is the agent's echo; words of the user are shown.</summary>
    private bool IsEchoElseShow(string text, bool isFinal, TimeSpan start, TimeSpan end)
    {
        if (_context.Turns.Interruption.EchoGuard && _context.Echo.IsEcho(text, start, end))
            return true;
        if (isFinal)
            _finalAt = _context.Clock.Now;
        ShowUser(text, isFinal);
        return false;
    }

    private void CarryOut(TurnEffect effect)
    {
        var now = _context.Clock.Now;
        switch (effect)
        {
            case StartTimer e: _timers.Start(e); break;
            case StopTimer e: _timers.Stop(e.Kind); break;
            case FlushRecogniser e: Flush(e.Flush); break;
            case AskDetector e: _inquiry.Ask(e.Question, e.Turn, Ear); break;
            case DropQuestion: _inquiry.Drop(); break;
            case ReportEndOfTurn e: EndTurn(e.Turn, now); break;
            case WriteUserTurn e: Write(e, now); break;
            case PrepareSpeech e: _voice.Prepare(e.Speech, e.UserText); break;
            case DiscardSpeech e: _voice.Discard(e.Speech.Id); break;
            case StartSpeech e: Start(e.Speech, now); break;
            case InterjectSpeech e: _voice.Interject(e.Speech, Marks(e.Speech, now)); break;
            case ReturnSpeech e: _voice.Return(e.Speech.Id); break;
            case StopSpeech e: _voice.Stop(e.Speech); break;
            case HoldSpeech: _voice.Hold(_state.BargeIn?.At); break;
            case ReleaseSpeech: Release(); break;
            case ShowAgentState e: Show(e.State, now); break;
            case ShowUserState e: _context.Events.Raise(new UserStateChanged(now, e.State)); break;
            case ReportUntranscribed e: ReportUntranscribed(e, now); break;
            case ReportTurnLimit e: ReportLimit(e, now); break;
            case NoteDecision e: Note(e, now); break;
            default: throw new InvalidOperationException($"No session knows the effect {effect.GetType().Name}.");
        }
    }

    private void EndTurn(UserTurn turn, TimeSpan now)
    {
        _endOfTurnAt = now;
        if (_hearing is null)
            return;
        _hearing.OnEndOfTurn(turn);

        // It is answered before its words are written, if they ever are.
        _marks[turn.Number] = new TurnMarks(turn.LastSpeechAt ?? now, TranscriptFinalAt: null, now);
    }

    private void Release()
    {
        _voice.Release();
        _hearing?.OnFalseBargeIn();
    }

    private void Flush(long flush)
    {
        if (Ear?.TryFlush() == true)
            _flushes.Enqueue(flush);
        else
            _context.Loop.Post(() => Apply(new RecogniserFlushed(flush)));
    }

    private void Start(AgentSpeech speech, TimeSpan now)
    {
        if (speech.Cause == SpeechCause.UserTurnLimit && _context.Turns.UserTurnLimit.Instructions is { Length: > 0 } instructions)
            _voice.Expect(new SpeechRequest(new SpeechHandle(speech.Id), new ModelAnswer(instructions, ToolMode: ChatToolMode.None), AddToHistory: true));
        _voice.Start(speech, Marks(speech, now));
    }

    private void ReportLimit(ReportTurnLimit effect, TimeSpan now) =>
        _context.Events.Raise(new UserTurnLimitReached(now, effect.Words, now - (effect.Turn.StartedAt ?? now)));

    private void ReportUntranscribed(ReportUntranscribed effect, TimeSpan now)
    {
        _context.Events.Raise(new SpeechNotUnderstood(now, effect.Turn.StartedAt ?? now));

        // Where nobody has listened, silence would be taken for an answer.
        if (_context.Failures.InARow(SessionStage.SpeechToText) > 0)
            _context.Loop.Post(() => _ = Notice.Say(SessionStage.SpeechToText));
    }

    private void Write(WriteUserTurn effect, TimeSpan now)
    {
        var turn = effect.Turn;
        var id = string.Create(CultureInfo.InvariantCulture, $"user-{turn.Number}");
        var message = new UserMessage(id, turn.StartedAt ?? now, effect.Text, ParticipantIdentity);
        _context.Write(message);
        if (effect.Typed)
            _context.Realtime?.Add(message);
        else if (_hearing is not null)
            return;
        _marks[turn.Number] = effect.Typed
            ? new TurnMarks(now)
            : new TurnMarks(turn.LastSpeechAt ?? now, _finalAt, _endOfTurnAt);
        _finalAt = null;
    }

    private TurnMarks Marks(AgentSpeech speech, TimeSpan now) => _marks.Remove(speech.TurnNumber, out var marks) ? marks : new TurnMarks(now);

    private void Show(AgentState state, TimeSpan now)
    {
        SessionLog.AgentState(_context.Logger, state);
        _context.RoomWriter.Show(state);
        _context.Events.Raise(new AgentStateChanged(now, state));
    }

    private void ShowUser(string text, bool isFinal)
    {
        if (text.Length == 0 || ParticipantIdentity is not { } identity)
            return;
        var caption = new UserCaption(string.Create(CultureInfo.InvariantCulture, $"heard-{_segment}"), identity, text, isFinal);
        if (isFinal)
            _segment++;
        _context.RoomWriter.Show(caption);
        _context.Events.Raise(new UserTranscribed(_context.Clock.Now, caption));
    }

    private void Note(NoteDecision effect, TimeSpan now)
    {
        SessionLog.Decided(_context.Logger, effect.Kind, effect.Reason);
        _decisions.Add(new Decision(now, effect.Kind, effect.Reason)
        {
            UserTurn = effect.UserTurn,
            SpeechId = effect.SpeechId,
            Timers = _timers.Running(_fired),
        });
    }

    private Decision[] TakeDecisions()
    {
        Decision[] taken = [.. _decisions];
        _decisions.Clear();
        return taken;
    }

    private void OnSpeechEnded(TurnEntry entry)
    {
        // What covers the silence of an answer has decided nothing: the turn's decisions are the answer's.
        if (entry.Cause != SpeechCause.Filler)
            entry = entry with { Decisions = TakeDecisions() };

        var latency = entry.Latency;
        SessionLog.TurnEnded(
            _context.Logger,
            entry.SpeechId,
            entry.Cause,
            entry.Outcome,
            latency.TranscriptFinal,
            latency.EndOfTurn,
            latency.FirstToken,
            latency.FirstClause,
            latency.FirstAudioByte,
            latency.FirstAudioInRoom,
            entry.Played,
            entry.BargeInLatency);
        _context.Events.Raise(new TurnEnded(_context.Clock.Now, entry));
    }
}
