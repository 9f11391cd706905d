using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;

namespace Agent.Testing;

/// <summary>A speech-to-speech model that hears the script and answers by script, word by word, faster than it is played.</summary>
public sealed class ScriptedRealtimeModel : IRealtimeModel
{
    private readonly List<(string Words, Func<bool, ScriptedAnswer> Answer)> _rules = [];
    private Action<Exception>? _end;

    /// <summary>A model that understands everything and answers "All right."</summary>
    /// <param name="time">The conversation's clock.</param>
    /// <param name="listened">Whose voice it hears.</param>
    public ScriptedRealtimeModel(ManualTimeProvider time, Func<ScriptedUser> listened)
    {
        Time = time;
        Listened = listened;
    }

    /// <inheritdoc/>
    public string Name => "scripted/realtime";

    /// <inheritdoc/>
    public RealtimeCapabilities Capabilities { get; set; } = new(24_000, 24_000, EndsTurns: true, Transcribes: true, SpeaksGivenText: true);

    /// <summary>How long after the end of speech the model ends the turn.</summary>
    /// <value>Default 0.5 s.</value>
    public TimeSpan EndOfTurnAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether it ends turns at all; false is a model that has stalled.</summary>
    /// <value>Default true.</value>
    public bool EndsTurns { get; set; } = true;

    /// <summary>How long after the end of a turn its words come; null never.</summary>
    /// <value>Default 0.4 s.</value>
    public TimeSpan? TranscriptDelay { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long the first sound of an answer takes.</summary>
    /// <value>Default 0.3 s.</value>
    public TimeSpan FirstByte { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the sound of each further word takes to be made.</summary>
    /// <value>Default 0.05 s.</value>
    public TimeSpan EachWordTakes { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The length of each word's sound.</summary>
    /// <value>Default 0.3 s.</value>
    public TimeSpan EachWord { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>What it answers where no rule fits, by what was said last.</summary>
    /// <value>Default "All right."</value>
    public Func<string, string> Otherwise { get; set; } = _ => "All right.";

    /// <summary>What opening ends in; each is used once.</summary>
    public Queue<Exception> OpenErrors { get; } = new();

    /// <summary>What each connection was told first.</summary>
    public List<RealtimeSetup> Setups { get; } = [];

    /// <summary>The answers that were asked for.</summary>
    public List<RealtimeRequest> Requests { get; } = [];

    /// <summary>The answers that were cancelled before their end.</summary>
    public List<string> Cancelled { get; } = [];

    /// <summary>What was cut, and how much of it was heard.</summary>
    public List<(string ItemId, TimeSpan Heard)> Truncated { get; } = [];

    /// <summary>What was added to what the model knows.</summary>
    public List<HistoryItem> Added { get; } = [];

    /// <summary>What the model was told to forget.</summary>
    public List<string> Removed { get; } = [];

    /// <summary>What tools have returned, by call.</summary>
    public Dictionary<string, string> ToolResults { get; } = new(StringComparer.Ordinal);

    /// <summary>The words of each turn that the model has heard.</summary>
    public List<string> Heard { get; } = [];

    internal ManualTimeProvider Time { get; }

    internal Func<ScriptedUser> Listened { get; }

    /// <summary>Lets the model answer a turn with certain words in it, whatever the case and whatever else; the first that fits counts.</summary>
    public void When(string words, string answer) => _rules.Add((words, _ => new ScriptedAnswer(answer)));

    /// <summary>Lets the model call a tool for a turn with certain words in it, and answer when it has the result.</summary>
    /// <param name="words">What the user said.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="arguments">Its arguments as JSON.</param>
    /// <param name="answer">What the model says after it.</param>
    public void When(string words, string tool, string arguments, string answer) =>
        _rules.Add((words, hasResult => hasResult ? new ScriptedAnswer(answer) : new ScriptedAnswer("", tool, arguments)));

    /// <summary>Ends the present connection in an error, as when the network is gone.</summary>
    public void Breaks(Exception error) => _end?.Invoke(error);

    /// <inheritdoc/>
    public ValueTask<IRealtimeConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (OpenErrors.TryDequeue(out var error))
            throw error;
        var connection = new ScriptedRealtimeConnection(this);
        _end = connection.End;
        return ValueTask.FromResult<IRealtimeConnection>(connection);
    }

    internal ScriptedAnswer Answer(string said, bool hasResult) =>
        _rules.Find(rule => said.Contains(rule.Words, StringComparison.OrdinalIgnoreCase)).Answer?.Invoke(hasResult) ?? new ScriptedAnswer(Otherwise(said));
}
