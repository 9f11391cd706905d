using System.Threading.Channels;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Text;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// The agent's utterances: has them made and played, shows their words as they are heard, and ends each exactly once with what was heard of
/// it in the history. Belongs to the session's loop, except where it is called back.
/// </summary>
internal sealed class AgentVoice : IPlayoutListener
{
    private readonly SessionContext _context;
    private readonly Action<TurnEvent> _tell;
    private readonly Action<TurnEntry> _ended;
    private readonly AudioPlayout _playout;
    private readonly Dictionary<string, SpeechRequest> _requests = new(StringComparer.Ordinal);
    private readonly List<ActiveSpeech> _making = [];
    private readonly CancellationToken _sessionToken;
    private ActiveSpeech? _active;

    internal AgentVoice(SessionContext context, Action<TurnEvent> tell, Action<TurnEntry> ended, CancellationToken sessionToken)
    {
        _context = context;
        _tell = tell;
        _ended = ended;
        _sessionToken = sessionToken;
        _playout = new AudioPlayout(context.Room.AudioOutput, this);
    }

    /// <summary>Everything that is still being made, also what was interrupted.</summary>
    internal Task Making => Task.WhenAll(_making.Select(speech => speech.Making));

    internal Task PlayAsync(CancellationToken cancellationToken) => _playout.RunAsync(cancellationToken);

    internal void Expect(SpeechRequest request) => _requests[request.Handle.Id] = request;

    internal void Start(AgentSpeech speech, TurnMeasurement measurement)
    {
        _making.RemoveAll(static made => made.Making.IsCompleted);
        var request = _requests.GetValueOrDefault(speech.Id);
        var utterance = _playout.Create(speech.Id);
        var active = new ActiveSpeech(speech, utterance, measurement);
        _active = active;
        _making.Add(active);

        var listener = new SpeechListener(_context, active);
        var synthesis = new SpeechSynthesis(_context.Agent.TextToSpeech, utterance, measurement, _context.Clock);
        if (request?.Text is { } text)
        {
            active.Start((pieces, _) => SayAsync(text, pieces), synthesis, listener);
        }
        else
        {
            var model = new ReplyModel(_context.Agent, _context.Options.MaxToolSteps, _context.Clock, listener);
            var messages = _context.History.ToMessages(_context.Agent.Instructions);
            if (request?.Instructions is { } instructions)
                messages.Add(new ChatMessage(ChatRole.System, instructions));
            active.Start((pieces, token) => model.AnswerAsync(messages, pieces, _sessionToken, token), synthesis, listener);
        }

        _playout.Resume();
        _playout.Play(utterance);
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

        _playout.Stop(active.Utterance);
        var heard = Math.Max(active.CaptionedWords, active.Utterance.Words.Timeline.HeardAt(active.Utterance.Audio.Position));
        active.Cancel();
        End(active, heard, active.Utterance.Audio.Position > 0 ? SpeechOutcome.Interrupted : SpeechOutcome.Cancelled);
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
            Caption(_active!, words, final: false);
    });

    void IPlayoutListener.OnFinished(Utterance utterance) => _context.Loop.Post(() =>
    {
        if (_active is not { } active || !IsActive(utterance.Id))
            return;
        var outcome = active.HasFailed ? SpeechOutcome.Failed : SpeechOutcome.Completed;
        var heard = active.HasFailed ? utterance.Words.Timeline.HeardAt(utterance.Audio.Position) : utterance.Words.Timeline.Count;
        if (outcome == SpeechOutcome.Completed)
            Succeeded(active.Speech.Cause);
        End(active, utterance.Audio.Position > 0 ? heard : 0, outcome);
        _tell(new SpeechEnded(utterance.Id));
    });

    private static async Task SayAsync(string text, ChannelWriter<string> pieces)
    {
        var ready = new List<string>();
        var chunker = new SpeechChunker();
        chunker.Add(text, ready);
        chunker.Finish(ready);
        foreach (var piece in ready)
            await pieces.WriteAsync(piece);
    }

    private void Succeeded(SpeechCause cause)
    {
        if (cause is not (SpeechCause.Said or SpeechCause.Greeting))
            _context.Failures.Succeeded(SessionStage.LanguageModel);
        _context.Failures.Succeeded(SessionStage.TextToSpeech);
        _context.Failures.Succeeded(SessionStage.Tool);
    }

    private bool IsActive(string id) => string.Equals(_active?.Speech.Id, id, StringComparison.Ordinal);

    private void Caption(ActiveSpeech active, int words, bool final)
    {
        var delta = active.Utterance.Words.Timeline.Text(active.CaptionedWords, words);
        active.CaptionedWords = Math.Max(active.CaptionedWords, words);
        if (delta.Length == 0 && !final)
            return;
        var caption = new AgentCaption(active.Speech.Id, delta, final);
        _context.RoomWriter.Show(caption);
        _context.Events.Raise(new AgentSpoke(_context.Clock.Now, caption));
    }

    private void End(ActiveSpeech active, int heard, SpeechOutcome outcome)
    {
        _active = null;
        var now = _context.Clock.Now;
        if (active.Utterance.Audio.Position > 0)
            Caption(active, heard, final: true);
        var text = active.Utterance.Words.Timeline.Text(0, heard);
        _requests.Remove(active.Speech.Id, out var request);
        if (text.Length > 0 && request?.AddToHistory != false)
            _context.Write(new AgentMessage(active.Speech.Id, active.Measurement.FirstAudioAt ?? now, text, outcome == SpeechOutcome.Interrupted));
        _ended(new TurnEntry
        {
            SpeechId = active.Speech.Id,
            Cause = active.Speech.Cause,
            Outcome = outcome,
            Latency = active.Measurement.ToLatency(),
            Played = active.Utterance.Played,
            BargeInLatency = outcome == SpeechOutcome.Interrupted ? active.Measurement.BargeIn : null,
        });
        request?.Handle.Complete(outcome);
    }

    private sealed class SpeechListener(SessionContext context, ActiveSpeech active) : IReplyListener
    {
        private int _spoken;

        public void OnFirstToken()
        {
            if (Interlocked.Exchange(ref _spoken, 1) != 0)
                return;
            active.Measurement.MarkFirstToken(context.Clock.Now);
        }

        public void OnToolCalled(ToolCall call) => context.Loop.Post(() => context.Write(call));

        public void OnToolFailed(Exception error) => context.Loop.Post(() => context.Failures.Failed(SessionStage.Tool, error));

        public void OnFailed(SessionStage stage, Exception error) => context.Loop.Post(() =>
        {
            active.HasFailed = true;
            context.Failures.Failed(stage, error);
        });
    }
}
