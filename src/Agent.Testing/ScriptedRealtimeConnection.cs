using System.Globalization;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;

namespace Agent.Testing;

/// <summary>One connection to a <see cref="ScriptedRealtimeModel"/>: what was pushed since the last turn tells which lines of the script were heard.</summary>
internal sealed class ScriptedRealtimeConnection(ScriptedRealtimeModel owner) : IRealtimeConnection
{
    private readonly Channel<RealtimeEvent> _events = Channel.CreateUnbounded<RealtimeEvent>();
    private readonly HashSet<ScriptedUser.Line> _ended = [];
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);
    private RealtimeSetup _setup = new();
    private string _said = "";
    private bool _hasResult;
    private long _pushed;
    private int _items;

    public void Begin(RealtimeSetup setup)
    {
        owner.Setups.Add(setup);
        _setup = setup;
        if (setup.History is [.., UserMessage last])
            _said = last.Text;
    }

    public void Push(ReadOnlySpan<short> samples)
    {
        _pushed += samples.Length;
        if (!_setup.EndsTurns || !owner.EndsTurns)
            return;
        foreach (var line in Lines())
        {
            if (owner.Time.Now < line.To + owner.EndOfTurnAfter || !_ended.Add(line))
                continue;
            Commit(byModel: true);
            return;
        }
    }

    public void Commit() => Commit(byModel: false);

    public void Clear() => _pushed = 0;

    public void Add(HistoryItem item)
    {
        owner.Added.Add(item);
        if (item is UserMessage message)
            Hear(message.Text);
    }

    public void Remove(string itemId) => owner.Removed.Add(itemId);

    public void AddToolResult(string callId, string result)
    {
        owner.ToolResults[callId] = result;
        _hasResult = true;
    }

    public void Respond(RealtimeRequest request)
    {
        owner.Requests.Add(request);
        var answer = request.Text is { } given ? new ScriptedAnswer(given) : owner.Answer(request.Instructions ?? _said, _hasResult);
        var item = Next("item");
        var at = owner.FirstByte;
        foreach (var word in answer.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            After(at, () => Speak(request.Id, item, word));
            at += owner.EachWordTakes;
        }

        After(at, () =>
        {
            if (answer.Tool is { } tool)
                Send(new RealtimeToolCall(request.Id, Next("call"), tool, answer.Arguments));
            Send(new RealtimeAnswerEnded(request.Id, new() { OutputTokenCount = 1 }));
            _stopped.Add(request.Id);
        });
    }

    public void Cancel(string requestId)
    {
        if (_stopped.Add(requestId))
            owner.Cancelled.Add(requestId);
    }

    public void Truncate(string itemId, TimeSpan heard) => owner.Truncated.Add((itemId, heard));

    public IAsyncEnumerable<RealtimeEvent> ReadAsync(CancellationToken cancellationToken) => _events.Reader.ReadInContextAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    internal void End(Exception error) => _events.Writer.TryComplete(error);

    private IEnumerable<ScriptedUser.Line> Lines() => owner.Listened().Between(
        owner.Time.Now - TimeSpan.FromSeconds((double)_pushed / owner.Capabilities.InputSampleRateHz), owner.Time.Now);

    private void Commit(bool byModel)
    {
        var lines = Lines().ToList();
        var item = _pushed < owner.Capabilities.InputSampleRateHz / 10 ? "" : Next("heard");
        _pushed = 0;
        _events.Writer.TryWrite(new RealtimeTurnCommitted(item, byModel));
        if (item.Length == 0)
            return;
        var words = string.Join(' ', lines.Where(line => line.Text.Length > 0).Select(line => line.Text));
        Hear(words);
        if (_setup.Transcribes && owner.TranscriptDelay is { } delay)
            After(delay, () => _events.Writer.TryWrite(new RealtimeTranscript(item, words, IsFinal: true)));
    }

    private void Hear(string words)
    {
        owner.Heard.Add(words);
        _said = words;
        _hasResult = false;
    }

    private void Speak(string request, string item, string word)
    {
        if (_stopped.Contains(request))
            return;
        Send(new RealtimeText(request, item, word + " "));
        var frame = AudioFrame.Rent(owner.Capabilities.OutputSampleRateHz, (int)(owner.EachWord.TotalSeconds * owner.Capabilities.OutputSampleRateHz));
        frame.Writable.Fill(500);
        if (!_events.Writer.TryWrite(new RealtimeAudio(request, item, frame)))
            frame.Dispose();
    }

    private void Send(RealtimeAnswerEvent answerEvent)
    {
        if (!_stopped.Contains(answerEvent.RequestId))
            _events.Writer.TryWrite(answerEvent);
    }

    private string Next(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{owner.Setups.Count}-{++_items}");

    private void After(TimeSpan delay, Action action) => owner.Time.CreateTimer(_ => action(), null, delay, Timeout.InfiniteTimeSpan);
}
