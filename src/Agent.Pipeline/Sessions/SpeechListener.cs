using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Sessions.Events;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Sessions;

/// <summary>Brings what the makers of one utterance report to the session's loop, and lets it count only once the utterance is wanted.</summary>
internal sealed class SpeechListener : IReplyListener
{
    private readonly SessionContext _context;
    private readonly SpeechMaking _making;

    private readonly Action<SpeechMaking> _changed;
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    internal SpeechListener(SessionContext context, SpeechMaking making, Action<SpeechMaking> changed)
    {
        _context = context;
        _making = making;
        _changed = changed;
    }

    public void OnFirstToken() => _making.Measurement.MarkFirstToken(_context.Clock.Now);

    public void OnUsage(UsageDetails usage) => _context.Loop.Post(() => _making.AddUsage(usage));

    public void OnSound() => _context.Loop.Post(() => _changed(_making));

    public void OnPartSpoken() => _context.Loop.Post(() => _changed(_making));

    public void OnToolsStarted() => RunTools(true);

    public void OnToolsEnded() => RunTools(false);

    public void OnToolCalling(RunningTool tool) => Post(() => _places[tool.Id] = _context.History.Begin(tool));

    public void OnToolCalled(ToolCall call) => Post(() => _context.Write(call with { Id = _places[call.Id] }));

    public void OnToolFailed(Exception error) => Post(() => _context.Failures.Failed(SessionStage.Tool, error));

    public void OnReplaced(SessionStage stage, ProviderException error, string by) =>
        _context.Loop.Post(() => _context.Events.Raise(new ProviderReplaced(_context.Clock.Now, stage, error, by)));

    public void OnFailed(SessionStage stage, Exception error) => _context.Loop.Post(() =>
    {
        // A failure in advance is none: the answer is asked for again when it is wanted.
        _making.Fail(stage);
        if (_making.HasFloor)
            _context.Failures.Failed(stage, error);
    });

    private void RunTools(bool run) => _context.Loop.Post(() =>
    {
        _making.RunsTools = run;
        _changed(_making);
    });

    private void Post(Action action) => _context.Loop.Post(() => _making.OnFloor(action));
}
